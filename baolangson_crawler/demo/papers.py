"""The three fictional papers: their names, hosts, sections and sizes. Knows no story."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

Family = Literal["portal", "fck", "zce"]
THEMES = (
    "agriculture",
    "charity",
    "culture",
    "economy",
    "health",
    "infrastructure",
    "party",
    "schools",
    "security",
    "sports",
    "tourism",
    "weather",
)


@dataclass(frozen=True, slots=True)
class Section:
    """A section or subsection of a paper."""

    slug: str
    """Its part of an address: ``kinh-te``."""

    name: str
    """As printed: ``Kinh tế``."""


@dataclass(frozen=True)
class DemoPaper:
    """A fictional paper. Two papers with the same key and size print the same stories."""

    key: str
    """Short name, as a site's key."""

    name: str
    """Name of the paper in Vietnamese."""

    host: str
    """Host under the reserved top level domain ``.example``."""

    family: Family
    """Whose markup it imitates."""

    articles: int
    """How many articles are published now."""

    planned: int = 0
    """Number of the story that stands at 20 November 2026; 0 means the last one published.

    A paper that grows between two crawls keeps this number and raises ``articles``, so that
    what was published before does not change.
    """

    def __post_init__(self) -> None:
        if not 1 <= self.articles <= self.last:
            raise ValueError(f"{self.key}: {self.articles} of {self.last} articles cannot be.")

    @property
    def last(self) -> int:
        """Number of the newest story that there will ever be."""
        return self.planned or self.articles

    @property
    def home(self) -> str:
        """Address of the home page."""
        return f"http://{self.host}/"

    @property
    def mark(self) -> str:
        """The paper's own dateline mark: ``(ĐXO)``."""
        return f"({''.join(word[0] for word in self.name.split()[1:])}O)"

    @cached_property
    def themes(self) -> dict[str, tuple[Section, Section | None]]:
        """Theme of a story → where the paper files it."""
        return _THEMES[self.family]

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """The main sections, in the order of the menu."""
        return tuple(dict.fromkeys(section for section, _ in self.themes.values()))

    def section(self, slug: str) -> Section | None:
        """The main section with this slug."""
        return next((s for s in self.sections if s.slug == slug), None)


def _filed(*rows: tuple[str, str, str, str, str]) -> dict[str, tuple[Section, Section | None]]:
    return {
        theme: (Section(slug, name), Section(subslug, subname) if subslug else None)
        for theme, slug, name, subslug, subname in rows
    }


_COUNCIL = (
    "hoat-dong-dang-uy-khoi",
    "Hoạt động Đảng ủy Khối các cơ quan tỉnh Lạng Sơn",
)
_THEMES = {
    "portal": _filed(
        ("party", *_COUNCIL, "", ""),
        ("infrastructure", "tin-tuc-su-kien", "Tin tức - Sự kiện", "", ""),
        ("security", "tin-tuc-su-kien", "Tin tức - Sự kiện", "", ""),
        ("weather", "tin-tuc-su-kien", "Tin tức - Sự kiện", "", ""),
        ("charity", "hoc-tap-va-lam-theo-bac", "Học tập và làm theo Bác", "", ""),
        ("schools", "hoc-tap-va-lam-theo-bac", "Học tập và làm theo Bác", "", ""),
        ("economy", "kinh-te", "Kinh tế", "", ""),
        ("agriculture", "kinh-te", "Kinh tế", "", ""),
        ("tourism", "kinh-te", "Kinh tế", "", ""),
        ("culture", "van-hoa-xa-hoi", "Văn hóa - Xã hội", "", ""),
        ("health", "van-hoa-xa-hoi", "Văn hóa - Xã hội", "", ""),
        ("sports", "van-hoa-xa-hoi", "Văn hóa - Xã hội", "", ""),
    ),
    "fck": _filed(
        ("party", "chinh-tri", "Chính trị", "xay-dung-dang", "Xây dựng Đảng"),
        ("economy", "kinh-te", "Kinh tế", "thi-truong", "Thị trường"),
        ("agriculture", "kinh-te", "Kinh tế", "nong-thon-moi", "Nông nghiệp - Nông thôn"),
        ("infrastructure", "kinh-te", "Kinh tế", "ha-tang", "Hạ tầng - Đô thị"),
        ("charity", "xa-hoi", "Xã hội", "nhip-cau-nhan-ai", "Nhịp cầu nhân ái"),
        ("weather", "xa-hoi", "Xã hội", "moi-truong", "Môi trường"),
        ("security", "phap-luat", "Pháp luật", "an-ninh-trat-tu", "An ninh trật tự"),
        ("schools", "giao-duc", "Giáo dục", "hoc-duong", "Học đường"),
        ("health", "y-te", "Y tế", "suc-khoe", "Sức khỏe"),
        ("culture", "van-hoa", "Văn hóa", "le-hoi", "Lễ hội"),
        ("sports", "the-thao", "Thể thao", "", ""),
        ("tourism", "du-lich", "Du lịch", "kham-pha", "Khám phá"),
    ),
    "zce": _filed(
        ("party", "xay-dung-dang", "Xây dựng Đảng", "", ""),
        ("economy", "kinh-te", "Kinh tế", "", ""),
        ("agriculture", "nong-nghiep-nong-thon", "Nông nghiệp - Nông thôn", "", ""),
        ("infrastructure", "kinh-te", "Kinh tế", "", ""),
        ("charity", "xa-hoi", "Xã hội", "", ""),
        ("weather", "moi-truong", "Môi trường", "", ""),
        ("security", "phap-luat", "Pháp luật", "", ""),
        ("schools", "giao-duc", "Giáo dục", "", ""),
        ("health", "y-te", "Y tế", "", ""),
        ("culture", "van-hoa", "Văn hóa", "", ""),
        ("sports", "the-thao", "Thể thao", "", ""),
        ("tourism", "du-lich", "Du lịch", "", ""),
    ),
}

DANG_KHOI = DemoPaper("dangkhoi", "Đảng ủy Khối các cơ quan tỉnh", "dangkhoi.example", "portal", 60)
DONG_XANH = DemoPaper("baodongxanh", "Báo Đồng Xanh", "baodongxanh.example", "fck", 120)
NUI_XANH = DemoPaper("baonuixanh", "Báo Núi Xanh", "baonuixanh.example", "zce", 120)
PAPERS = (DANG_KHOI, DONG_XANH, NUI_XANH)
