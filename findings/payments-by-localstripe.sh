#!/usr/bin/env bash
# Package:  localstripe 1.15.10 (PyPI), "a fake but stateful Stripe server".
# Input:    a payment of 10.00; refunds of 3, 5 and 5; one more refund of 1 sent twice with the same Idempotency-Key.
# Expected: the third refund is refused, as only 2.00 are left; the repeated request answers with the refund that there is.
# Seen:     every refund succeeds, 15.00 of 10.00 in the end; the key is ignored, and the repeated request gives the money back twice.
# For us:   tests of refunds run on our own imitation, which refuses and repeats as Stripe's documentation says; a test that is green on a
#           server that accepts everything shows nothing.
set -euo pipefail
dir=$(mktemp -d)
python3 -m venv "$dir/venv"
cd "$dir"
venv/bin/pip install --quiet --disable-pip-version-check localstripe==1.15.10
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
venv/bin/localstripe --port "$port" > log 2>&1 &
server=$!
trap 'kill $server; wait $server 2> /dev/null || true; rm -rf "$dir"' EXIT
cat > refund.py <<'PY'
import base64, json, sys, time, urllib.error, urllib.parse, urllib.request

def call(path, key=None, **fields):
    headers = {"Authorization": "Basic " + base64.b64encode(b"sk_test_12345:").decode()} | ({"Idempotency-Key": key} if key else {})
    data = urllib.parse.urlencode(fields).encode() if fields else None
    try:
        return json.load(urllib.request.urlopen(urllib.request.Request(f"http://127.0.0.1:{sys.argv[1]}/v1/{path}", data, headers)))
    except urllib.error.HTTPError as refused:
        return json.load(refused)

for _ in range(100):
    try:
        call("customers")
        break
    except urllib.error.URLError:
        time.sleep(0.2)
card = {"type": "card", "card[number]": "4242424242424242", "card[exp_month]": 12, "card[exp_year]": 2034, "card[cvc]": 123}
method = call("payment_methods", **card)["id"]
customer = call("customers", email="anna@example.com", payment_method=method)["id"]
payment = call("payment_intents", amount=1000, currency="eur", payment_method=method, customer=customer, confirm="true")
charge = payment["latest_charge"]["id"]
print("paid", payment["amount"], payment["status"])
for amount in (300, 500, 500):
    refund = call("refunds", charge=charge, amount=amount)
    print("refund", amount, refund.get("status") or refund["error"]["message"])
again = {call("refunds", key="order-1-refund-1", charge=charge, amount=100)["id"] for _ in range(2)}
print("one key,", len(again), "refunds")
print("refunded", call("charges/" + charge)["amount_refunded"], "of", call("charges/" + charge)["amount"])
PY
venv/bin/python refund.py "$port" | tee seen
diff seen - <<'TXT'
paid 1000 succeeded
refund 300 succeeded
refund 500 succeeded
refund 500 succeeded
one key, 2 refunds
refunded 1500 of 1000
TXT
echo "as recorded"
