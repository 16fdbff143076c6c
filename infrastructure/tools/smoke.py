"""Places an order against a deployed Waybill, sees its stock promised and its work opened, and cancels it again. Asks both APIs.

  infrastructure/tools/in-venv python infrastructure/tools/smoke.py waybill-dev
  python3 infrastructure/tools/smoke.py --url https://… --operations-url https://… --token …     where the issuer is not the stack's own pool

The order is one of its own channel, location and product, all named smoke; it costs nothing and its mails go to the
mailbox simulator of SES. Without --operations-url, that API is at the same address. A token needs catalog:write, stock:write, orders:place and orders:operate.
"""
import argparse
import base64
import json
import sys
import time
import urllib.error
import urllib.parse
import urllib.request

PATIENCE_SECONDS = 60
MAILBOX = "success@simulator.amazonses.com"


class Api:
    def __init__(self, url, tokens):
        self.url, self.tokens = url.rstrip("/"), tokens

    def call(self, method, path, body=None, key=None, role="operator"):
        headers = {"Authorization": "Bearer " + self.tokens[role], "Content-Type": "application/json"}
        if key:
            headers["Idempotency-Key"] = key
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.url + path, data, headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as refusal:
            sys.exit(f"{method} {path}: {refusal.code} {refusal.read().decode()}")


def stack(name):
    """Both APIs and the mail domain of a stack with a pool of its own."""
    import boto3

    told = boto3.client("cloudformation").describe_stacks(StackName=name)["Stacks"][0]
    outputs = {it["OutputKey"]: it["OutputValue"] for it in told["Outputs"]}
    parameters = {it["ParameterKey"]: it["ParameterValue"] for it in told["Parameters"]}
    if "PoolId" not in outputs:
        sys.exit(f"{name} has another issuer: pass --url {outputs['ApiUrl']} --operations-url {outputs['OperationsApiUrl']} and --token")
    cognito = boto3.client("cognito-idp")
    tokens = {}
    for it in cognito.list_user_pool_clients(UserPoolId=outputs["PoolId"], MaxResults=60)["UserPoolClients"]:
        client = cognito.describe_user_pool_client(UserPoolId=outputs["PoolId"], ClientId=it["ClientId"])["UserPoolClient"]
        pair = base64.b64encode(f"{client['ClientId']}:{client['ClientSecret']}".encode()).decode()
        form = urllib.parse.urlencode({"grant_type": "client_credentials"}).encode()
        request = urllib.request.Request(outputs["TokenUrl"], form, {"Authorization": "Basic " + pair})
        with urllib.request.urlopen(request, timeout=30) as answer:
            tokens[client["ClientName"]] = json.load(answer)["access_token"]
    return Api(outputs["ApiUrl"], tokens), Api(outputs["OperationsApiUrl"], tokens), parameters["MailDomain"]


def shop(api, operations, domain):
    api.call("PUT", "/channels/smoke", {
        "name": "Smoke test", "currencies": ["EUR"], "locale": "en-GB", "time_zone": "UTC", "livemode": False,
        "mail_sender": "smoke@" + domain, "payment_accounts": [], "stock_pool": "smoke", "minutes_to_pay": 30,
        "capture": "manual", "shipping_methods": [{"code": "standard", "name": "Standard"}]})
    operations.call("PUT", "/locations/smoke", {
        "name": "Smoke test", "address": {"line1": "Nowhere 1", "city": "Berlin", "postal_code": "10115", "country": "DE"},
        "time_zone": "UTC", "latitude": 52.5, "longitude": 13.4, "active": True, "stock_pool": "smoke"})
    api.call("PUT", "/products/SMOKE", {
        "name": "Smoke", "weight_grams": 1, "length_mm": 1, "width_mm": 1, "height_mm": 1, "requires_shipping": True})
    # The same key on every run: there is one unit, and each run gives it back.
    api.call("POST", "/stock/SMOKE/adjustments", {"location_id": "smoke", "quantity": 1, "reason": "received"}, "smoke")


def place(api):
    return api.call("POST", "/orders", {
        "reference": f"smoke-{time.time_ns()}", "channel": "smoke", "currency": "EUR", "taxes_included": True,
        "customer": {"email": MAILBOX, "name": "Smoke Test"},
        "shipping_address": {
            "name": "Smoke Test", "line1": "Nowhere 1", "city": "Berlin", "postal_code": "10115", "country": "DE"},
        "lines": [{"reference": "1", "sku": "SMOKE", "name": "Smoke", "quantity": 1, "unit_price": 0, "total": 0}],
        "total": 0}, role="storefront")["id"]


def wait(api, order, what, reached):
    end = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < end:
        if reached(api.call("GET", "/orders/" + order)):
            print(f"{order}: {what}")
            return
        time.sleep(1)
    sys.exit(f"{order}: not {what} within {PATIENCE_SECONDS} seconds")


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("stack", nargs="?")
    arguments.add_argument("--url")
    arguments.add_argument("--operations-url")
    arguments.add_argument("--token")
    arguments.add_argument("--mail-domain", default="example.com")
    given = arguments.parse_args()
    if given.stack:
        api, operations, domain = stack(given.stack)
    elif given.url and given.token:
        tokens, domain = {"operator": given.token, "storefront": given.token}, given.mail_domain
        api, operations = Api(given.url, tokens), Api(given.operations_url or given.url, tokens)
    else:
        arguments.error("a stack, or --url and --token")
    shop(api, operations, domain)
    print(f"the API of people at work: {len(operations.call('GET', '/counts?location_id=smoke')['data'])} counts to do")
    order = place(api)
    print(f"{order}: placed")
    wait(api, order, "reserved", lambda it: it["stock_status"] == "reserved")
    wait(api, order, "open for packing", lambda it: it["fulfillments"] and it["fulfillments"][0]["status"] == "open")
    api.call("POST", f"/orders/{order}/cancellation", {"reason": "other"}, "cancel-" + order)
    wait(api, order, "cancelled, its stock free", lambda it: it["status"] == "cancelled" and it["stock_status"] == "released")


if __name__ == "__main__":
    main()
