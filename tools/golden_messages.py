"""Write the golden renderings of every message again; read the difference before you commit it."""

from tests.support.message_samples import EVERY, FOLDER, golden


def main() -> None:
    """Write tests/data/messages/<code>.<language>.{txt,html}."""
    for code, language in EVERY:
        for name, content in golden(code, language).items():
            (FOLDER / name).write_text(content, "utf-8")
    print(f"{2 * len(EVERY)} files in {FOLDER}")


if __name__ == "__main__":
    main()
