#!/usr/bin/env bash
# Package:  karrio-server 2026.1.32 (PyPI) with its generic carrier, karrio-generic, on SQLite.
# Input:    a rate sheet with two services to 20 and 31.5 kg; rates for one of them, for a service that there is not, and for 40 kg; a label
#           in ZPL; its cancellation, of a carrier that cannot cancel; news of a parcel with and without an expected day of delivery.
# Expected: rates of the service alone; none, or a refusal that names the service; the limit as the reason; ZPL; a refusal; both recorded.
# Seen:     asked for a service that there is not, it offers all others; for 40 kg neither a rate nor a reason; the label is a PDF that says
#           PDF; "cancelled"; the news with an expected day is answered "success", and nothing of it is recorded.
#           Also: the server's migrations need the packages karrio-server-pricing and karrio-server-orders, which no package asks for.
# For us:   services are chosen among the answer's rates; what has no reason says so; a label's format is read from its bytes; a cancelled
#           label is not a refunded one; whether a scan arrived is seen by the webhook, not by the answer.
set -euo pipefail
dir=$(mktemp -d)
server=
trap '[ -z "$server" ] || { kill $server; wait $server 2> /dev/null || true; }; rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
cd "$dir"
v=2026.1.32
venv/bin/pip install --quiet --disable-pip-version-check karrio-server==$v karrio-server-core==$v karrio-server-proxy==$v \
  karrio-server-manager==$v karrio-server-events==$v karrio-server-graph==$v karrio-server-orders==$v karrio-server-pricing==$v karrio-generic==$v
export SECRET_KEY=fake-key-of-a-finding-0123456789abcdefghijklmnopqrst DEBUG_MODE=False WORKER_IMMEDIATE_MODE=True DATABASE_ENGINE=sqlite3 \
  DATABASE_NAME="$dir/db.sqlite3" WORK_DIR="$dir" LOG_DIR="$dir"
venv/bin/karrio migrate > migrate.log 2>&1
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
venv/bin/gunicorn karrio.server.wsgi:application --bind "127.0.0.1:$port" --threads 4 > log 2>&1 &
server=$!
until curl -fs "http://127.0.0.1:$port/" > /dev/null; do kill -0 $server; sleep 0.2; done
cat > ask.py <<'PY'
import base64, json, os, urllib.error, urllib.request

from django.contrib.auth import get_user_model
from django.utils import timezone
from karrio.server.core import utils
from karrio.server.manager.models import Tracking
from karrio.server.providers.models import CarrierConnection
from karrio.server.user.models import Token

user = get_user_model().objects.create_superuser("f@example.com", "fake-password-of-a-finding")
key = Token.objects.create(user=user, test_mode=True).key


def call(path, body=None):
    data = None if body is None else json.dumps(body).encode()
    headers = {"Authorization": "Token " + key, "Content-Type": "application/json"}
    try:
        return json.load(urllib.request.urlopen(urllib.request.Request(os.environ["URL"] + path, data, headers)))
    except urllib.error.HTTPError as refused:
        return json.load(refused)


def graph(name, body, fields):
    return call("/graphql", {"query": "mutation { %s(input: %s) { rate_sheet { %s } } }" % (name, body, fields)})["data"][name]["rate_sheet"]


connection = call("/v1/connections", {"carrier_name": "generic", "carrier_id": "warehouse", "credentials": {
    "display_name": "Test Post", "custom_carrier_name": "test_post", "account_country_code": "DE"}})["id"]
sheet = graph("create_rate_sheet", """{ name: "sheet", carrier_name: generic, carriers: ["%s"], zones: [{ id: "de", label: "DE", country_codes: ["DE"] }],
  services: [{ service_name: "Ground", service_code: "ground", currency: EUR, max_weight: 31.5, weight_unit: KG },
             { service_name: "Express", service_code: "express", currency: EUR, max_weight: 20, weight_unit: KG }] }""" % connection, "id services { id service_code }")
for service in sheet["services"]:
    graph("update_service_zone_ids", '{ rate_sheet_id: "%s", service_id: "%s", zone_ids: ["de"] }' % (sheet["id"], service["id"]), "id")
    graph("update_service_rate", '{ rate_sheet_id: "%s", service_id: "%s", zone_id: "de", rate: 8.2 }' % (sheet["id"], service["id"]), "id")


def form(kilograms, **more):
    return {"shipper": {"company_name": "Shop", "address_line1": "Ring 1", "city": "Berlin", "postal_code": "10115", "country_code": "DE"},
            "recipient": {"person_name": "Anna", "address_line1": "Weg 2", "city": "Leipzig", "postal_code": "04109", "country_code": "DE"},
            "parcels": [{"weight": kilograms, "weight_unit": "KG", "length": 30, "width": 20, "height": 10, "dimension_unit": "CM"}], **more}


def rates(kilograms, **more):
    answer = call("/v1/proxy/rates", form(kilograms, **more))
    return sorted(it["service"] for it in answer["rates"]), answer["messages"]


print("SAW rates for ground:", *rates(1, services=["ground"]))
print("SAW rates for overnight:", *rates(1, services=["overnight"]))
print("SAW rates for 40 kg:", *rates(40))
shipment = call("/v1/shipments", form(1, label_type="ZPL"))
bought = call("/v1/shipments/%s/purchase" % shipment["id"], {"selected_rate_id": shipment["rates"][0]["id"]})
label = bought["shipping_documents"][0]
print("SAW asked for", shipment["label_type"], "got", label["format"], base64.b64decode(label["base64"])[:4].decode())
print("SAW cancel:", call("/v1/shipments/%s/cancel" % shipment["id"], {})["status"])

carrier = CarrierConnection.objects.get(pk=connection)
tracker = Tracking.objects.create(tracking_number="0123456789", delivered=False, test_mode=True, created_by=user, status="pending",
    carrier=utils.create_carrier_snapshot(carrier), events=utils.default_tracking_event(event_at=timezone.now()))
for estimate in ({"estimated_delivery": "2026-12-01"}, {}):
    done = call("/v1/trackers/%s/inject-events" % tracker.id, {"status": "in_transit", "events": [
        {"date": "2026-11-30", "time": "10:15", "code": "A", "description": "Arrived", "status": "in_transit"}], **estimate})
    now = call("/v1/trackers/" + tracker.id)
    print("SAW news", *estimate, "success:", done["success"], "status:", now["status"], "scans:", len(now["events"]))
PY
URL="http://127.0.0.1:$port" venv/bin/karrio shell < ask.py > asked 2>&1 || true
sed -n 's/^SAW //p' asked | tee seen
diff seen - <<'TXT'
rates for ground: ['ground'] []
rates for overnight: ['express', 'ground'] []
rates for 40 kg: [] []
asked for ZPL got PDF %PDF
cancel: cancelled
news estimated_delivery success: True status: pending scans: 1
news success: True status: in_transit scans: 2
TXT
echo "as recorded"
