#!/usr/bin/env bash
# Package:  moto 5.2.5 (PyPI), SES with notifications by SNS. (LocalStack answers for SES by moto as well; not run here.)
# Input:    three mails, to the simulator's addresses for a bounce, a complaint and a delivery; topics are set for all three, a queue listens.
# Expected: what SES documents: notificationType Bounce, Complaint or Delivery, the mail's own id and recipient, all of it as a JSON text in
#           the field Message.
# Seen:     notificationType is the sentence "Bounce, Complaint, or Delivery." in all three; the id and the recipient are always the same two
#           examples, of nobody's mail; Message is an object. The bounce names two strangers, and one of them is only delayed.
# For us:   reports of mails are tested with SES's documented samples under the ids of our own mails; on moto, a receiver that is right
#           marks nobody, and one that reads only the fields it needs marks strangers.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check 'moto[ses,sns,sqs]==5.2.5' boto3==1.44.8
cat > bounce.py <<'PY'
import json

import boto3
from moto import mock_aws

with mock_aws():
    access = {"region_name": "eu-central-1", "aws_access_key_id": "none", "aws_secret_access_key": "none"}
    ses, sns, sqs = (boto3.client(name, **access) for name in ("ses", "sns", "sqs"))
    queue = sqs.create_queue(QueueName="reports")["QueueUrl"]
    topic = sns.create_topic(Name="reports")["TopicArn"]
    sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["All"])["Attributes"]["QueueArn"])
    ses.verify_domain_identity(Domain="shop.example")
    for kind in ("Bounce", "Complaint", "Delivery"):
        ses.set_identity_notification_topic(Identity="shop.example", NotificationType=kind, SnsTopic=topic)
    for name in ("bounce", "complaint", "success"):
        sent = ses.send_email(Source="orders@shop.example", Destination={"ToAddresses": [name + "@simulator.amazonses.com"]},
                              Message={"Subject": {"Data": "Your order"}, "Body": {"Text": {"Data": "Thank you."}}})["MessageId"]
        said = json.loads(sqs.receive_message(QueueUrl=queue)["Messages"][0]["Body"])["Message"]
        print(name, type(said).__name__, repr(said["notificationType"]), *said["mail"]["destination"],
              "its id" if said["mail"]["messageId"] == sent else "another id")
        for recipient in said.get("bounce", {}).get("bouncedRecipients", []):
            print("  ", recipient["emailAddress"], recipient["action"])
PY
venv/bin/python bounce.py | tee seen
diff seen - <<'TXT'
bounce dict 'Bounce, Complaint, or Delivery.' recipient@example.com another id
   recipient1@example.com failed
   recipient2@example.com delayed
complaint dict 'Bounce, Complaint, or Delivery.' recipient@example.com another id
success dict 'Bounce, Complaint, or Delivery.' recipient@example.com another id
TXT
echo "as recorded"
