"""``python -m baolangson_crawler`` is the command ``baolangson``."""

from baolangson_crawler.cli import main

if __name__ == "__main__":
    main()
