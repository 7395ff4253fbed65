"""Unpacks chosen members of a wheel: unpack_wheel.py WHEEL FOLDER PREFIX...

A prefix that ends in "/" takes everything below it, another one exactly that member; "*" at the end takes every member
that starts so. Prints the number of files. A prefix that matches nothing is an error, because the recipe then no longer
fits the wheel.
"""

import sys
import zipfile


def matches(name: str, prefix: str) -> bool:
    if prefix.endswith("*"):
        return name.startswith(prefix[:-1])
    if prefix.endswith("/"):
        return name.startswith(prefix)
    return name == prefix


def main(wheel: str, folder: str, prefixes: list[str]) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = [name for name in archive.namelist() if not name.endswith("/")]
        for prefix in prefixes:
            if not any(matches(name, prefix) for name in names):
                sys.exit(f"{wheel} holds nothing named {prefix}")
        chosen = [name for name in names if any(matches(name, prefix) for prefix in prefixes)]
        archive.extractall(folder, chosen)
        print(len(chosen))


main(sys.argv[1], sys.argv[2], sys.argv[3:])
