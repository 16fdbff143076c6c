"""Has every order of a table indexed again, so that operators find it: after its table was restored, or the search key was changed.

  infrastructure/tools/in-venv python infrastructure/tools/index-orders.py ORDERS_TABLE QUEUE_URL

Sends a message for each order to the queue of IndexOrder, which writes what is missing and nothing else. Run it as often as you like.
"""
import argparse
import json
import sys

import boto3


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("table")
    arguments.add_argument("queue", metavar="queue-url")
    given = arguments.parse_args()
    sqs = boto3.client("sqs")
    batch, sent = [], 0
    for order in orders(given.table):
        batch.append({"Id": str(len(batch)), "MessageBody": json.dumps({"type": "IndexDue", "order": order})})
        if len(batch) == 10:
            sent += send(sqs, given.queue, batch)
            batch = []
    if batch:
        sent += send(sqs, given.queue, batch)
    print(f"{sent} orders will be indexed", file=sys.stderr)


def orders(table):
    """What was ordered stands in one item an order."""
    pages = boto3.client("dynamodb").get_paginator("scan").paginate(
        TableName=table, ProjectionExpression="pk", FilterExpression="sk = :content",
        ExpressionAttributeValues={":content": {"S": "content"}})
    return (item["pk"]["S"] for page in pages for item in page["Items"])


def send(sqs, queue, batch):
    failed = sqs.send_message_batch(QueueUrl=queue, Entries=batch).get("Failed", [])
    if failed:
        sys.exit(f"{len(failed)} messages were not taken: run it again")
    return len(batch)


if __name__ == "__main__":
    main()
