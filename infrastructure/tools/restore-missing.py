"""Copies the items of a restored table that the table in use lacks; never overwrites one.

  infrastructure/tools/in-venv python infrastructure/tools/restore-missing.py RESTORED TABLE [--dry-run]

Prints a line for each item that is put back, and for each that is in both and differs: pk, a tab, sk. Run it as often as you like.
"""
import argparse
import sys

import boto3
from boto3.dynamodb.types import TypeDeserializer


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("restored")
    arguments.add_argument("table")
    arguments.add_argument("--dry-run", action="store_true")
    given = arguments.parse_args()
    dynamo = boto3.client("dynamodb")
    missing = differing = 0
    for page in dynamo.get_paginator("scan").paginate(TableName=given.restored):
        for item in page["Items"]:
            key = {"pk": item["pk"], "sk": item["sk"]}
            current = dynamo.get_item(TableName=given.table, Key=key, ConsistentRead=True).get("Item")
            if current is None:
                missing += put_back(dynamo, given, item)
            elif plain(current) != plain(item):
                differing += 1
                show("differs", item)
    print(f"{missing} {'would be ' if given.dry_run else ''}put back, {differing} differ and were left", file=sys.stderr)


def put_back(dynamo, given, item):
    if not given.dry_run:
        try:
            dynamo.put_item(TableName=given.table, Item=item, ConditionExpression="attribute_not_exists(pk)")
        except dynamo.exceptions.ConditionalCheckFailedException:
            return 0  # written in this very moment, and so newer
    show("missing", item)
    return 1


def plain(item):
    """Numbers as numbers: 1.0 is 1."""
    return {name: TypeDeserializer().deserialize(value) for name, value in item.items()}


def show(what, item):
    print(what, item["pk"]["S"], item["sk"]["S"], sep="\t")


if __name__ == "__main__":
    main()
