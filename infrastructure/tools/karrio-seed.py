# Read by `karrio shell`, beside the running server at KARRIO_URL: what a merchant would enter on Karrio's pages. Only the tracker is
# written into its table, as the generic carrier reports no scans and no other carrier answers a check.
import json, os, urllib.request

from django.contrib.auth import get_user_model
from karrio.server.core import utils
from karrio.server.manager.models import Tracking
from karrio.server.providers.models import CarrierConnection
from karrio.server.core.utils import create_carrier_snapshot
from karrio.server.user.models import Token
from django.utils import timezone

user = get_user_model().objects.create_superuser("check@example.com", "fake-password-of-a-check")
key = Token.objects.create(user=user, test_mode=True).key


def call(path, body):
    headers = {"Authorization": "Token " + key, "Content-Type": "application/json"}
    request = urllib.request.Request(os.environ["KARRIO_URL"] + path, json.dumps(body).encode(), headers)
    return json.load(urllib.request.urlopen(request))


def graph(name, body, fields):
    answer = call("/graphql", {"query": "mutation { %s(input: %s) { errors { messages } rate_sheet { %s } } }" % (name, body, fields)})
    done = answer["data"][name]
    assert not done["errors"], done
    return done["rate_sheet"]


connection = call("/v1/connections", {"carrier_name": "generic", "carrier_id": "warehouse", "credentials": {
    "display_name": "Test Post", "custom_carrier_name": "test_post", "account_country_code": "DE"}})["id"]
sheet = graph("create_rate_sheet", """{ name: "check", carrier_name: generic, carriers: ["%s"],
  zones: [{ id: "zone_de", label: "Germany", country_codes: ["DE"] }],
  services: [
    { service_name: "Ground", service_code: "test_ground", currency: EUR, transit_days: 3, max_weight: 31.5, weight_unit: KG },
    { service_name: "Express", service_code: "test_express", currency: EUR, transit_days: 1, max_weight: 20, weight_unit: KG }] }"""
              % connection, "id services { id service_code }")
prices = {"test_ground": 8.2, "test_express": 11.01}
for service in sheet["services"]:
    graph("update_service_zone_ids", '{ rate_sheet_id: "%s", service_id: "%s", zone_ids: ["zone_de"] }'
          % (sheet["id"], service["id"]), "id")
    graph("update_service_rate", '{ rate_sheet_id: "%s", service_id: "%s", zone_id: "zone_de", rate: %s }'
          % (sheet["id"], service["id"], prices[service["service_code"]]), "id")

tracker = Tracking.objects.create(tracking_number="0a6073bfa506", delivered=False, test_mode=True, created_by=user, status="pending",
    carrier=create_carrier_snapshot(CarrierConnection.objects.get(pk=connection)), events=utils.default_tracking_event(event_at=timezone.now()))

print("key=" + key)
print("tracker=" + tracker.id)
