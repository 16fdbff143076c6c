"""What schemathesis cannot know of the API: how providers sign, which orders add up, what there is to pack."""

import hashlib
import hmac
import itertools
import os
import re
import time

import requests
import schemathesis
from schemathesis.core.parameters import ParameterLocation

URL = os.environ["WAYBILL_URL"]
TOKEN = {"Authorization": f"Bearer {os.environ['WAYBILL_TOKEN']}"}
PAYMENTS = b"whsec_fake_local_shop_eu"
CARRIERS = b"fake_local_parcels_eu"
numbers = itertools.count(1)


@schemathesis.hook
def before_call(context, case, kwargs):
    if case.operation.path.startswith("/webhooks/") and not negative(case, ParameterLocation.HEADER):
        kwargs["auth"] = signed
    if negative(case):
        return
    case.body = written(case.body)
    number = next(numbers)
    if number % 2:
        return
    match case.operation.label:
        case "POST /orders":
            add_up(case.body, number)
        case "POST /stock/{sku}/adjustments":
            case.headers["Idempotency-Key"] = f"adjustment-{number}"
        case "POST /fulfillments/{id}/packing":
            pack(case, number)
        case "GET /tracking/{token}":
            case.path_parameters["token"] = tracking_token()


@schemathesis.hook
def filter_failure(context, failure, case, response):
    """What a webhook answers to have ignored, it did not accept."""
    return not (case.operation.path.startswith("/webhooks/") and response.status_code == 200 and b'"ignored"' in response.content)


def negative(case, location=None):
    if case.meta is None:
        return False
    return case.meta.generation.mode.is_negative if location is None else case.meta.is_negative_at(location)


def written(value):
    """JSON Schema takes 1.0 for a whole number; the API wants it written as 1."""
    if isinstance(value, dict):
        return {name: written(it) for name, it in value.items()}
    if isinstance(value, list):
        return [written(it) for it in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


def signed(request):
    """Over the very bytes that are sent."""
    body = request.body or b""
    body = body.encode() if isinstance(body, str) else body
    path = request.path_url
    if path.startswith("/webhooks/payments/"):
        now = str(int(time.time()))
        request.headers["Stripe-Signature"] = f"t={now},v1={digest(PAYMENTS, now.encode() + b'.' + body)}"
    else:
        now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        signature = digest(CARRIERS, now.encode() + b"POST" + path.encode() + body)
        request.headers.update({"X-Timestamp": now, "X-Path": path, "X-Hmac-Signature-V2": f"hmac-sha256-hex={signature}"})
    return request


def digest(secret, text):
    return hmac.new(secret, text, hashlib.sha256).hexdigest()


def add_up(order, number):
    """Of the sample shop's goods, with right sums, and paid, so that it goes on its way."""
    order |= {"reference": f"schemathesis-{number}", "channel": "de-web", "currency": "EUR", "placed_at": None, "payment_expires_at": None}
    order["customer"]["email"] = "ada@example.com"
    order["shipping_address"] = {"line1": "Hauptstr. 5", "city": "Berlin", "country": "DE"}
    order["billing_address"] = None
    parts = list(order["lines"])
    for line in parts:
        line |= {"sku": "TEA-200", "quantity": 1 + line["quantity"] % 3, "unit_price": line["unit_price"] % 100_000}
    if order.get("shipping"):
        order["shipping"]["method"] = "standard"
        parts.append(order["shipping"])
    for part in parts:
        for discount in part.get("discounts") or []:
            discount["amount"] = 0
        price = part["quantity"] * part["unit_price"] if "quantity" in part else part["price"]
        taxes = 0 if order["taxes_included"] else sum(it["amount"] for it in part.get("taxes") or [])
        part["total"] = price + taxes
    order["total"] = sum(it["total"] for it in parts)
    order["payments"] = [{"provider": "external", "reference": f"cash-{number}", "amount": order["total"], "status": "captured"}]


def pack(case, number):
    work = requests.get(f"{URL}/fulfillments", headers=TOKEN, timeout=20).json()["data"]
    if work and case.body.get("parcels"):  # what packs with another order's parcel has none
        lines = [{"line_id": it["line_id"], "quantity": it["quantity"]} for it in work[0]["lines"]]
        case.path_parameters["id"] = work[0]["id"]
        case.headers["Idempotency-Key"] = f"packing-{number}"
        case.headers.pop("If-Match", None)
        parcel = {name: case.body["parcels"][0][name] for name in ("weight_grams", "length_mm", "width_mm", "height_mm")}
        case.body = {"parcels": [parcel | {"lines": lines}]}


def tracking_token():
    mails = requests.get(f"{URL}/local/mailbox", headers={"Accept": "application/json"}, timeout=20).text
    return re.findall(r"/tracking/([0-9a-z]+\.[A-Za-z0-9_-]{24})", mails)[-1]
