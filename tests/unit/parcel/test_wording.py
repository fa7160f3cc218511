"""What English and German scans say where the code is coarse."""

import pytest

from amends.domain.parcel.taxonomy import Meaning
from amends.domain.parcel.vocabulary import Milestone
from amends.domain.parcel.wording import failed, how_delivered, moved


def line(told: Meaning | None) -> str:
    return f"{told.milestone} {told.step or '-'} {told.reason or '-'}" if told else "nothing"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("The recipient was not present", "delivery_failed - recipient_absent"),
        ("Der Empfänger wurde nicht angetroffen.", "delivery_failed - recipient_absent"),
        ("Delivery attempted; recipient not home", "delivery_failed - recipient_absent"),
        ("Customer not available or business closed", "delivery_failed - recipient_absent"),
        ("Recipient refused delivery", "delivery_failed - recipient_refused"),
        ("Die Annahme der Sendung wurde verweigert.", "delivery_failed - recipient_refused"),
        ("No access to the delivery location", "delivery_failed - no_access"),
        ("Das Geschäft war geschlossen.", "delivery_failed - business_closed"),
        ("Address incorrect", "delivery_failed - address_invalid"),
        ("A correct street number is needed", "delivery_failed - address_invalid"),
        ("The apartment number is missing", "delivery_failed - address_invalid"),
        ("The receiver name is incorrect", "delivery_failed - address_invalid"),
        ("No such number", "delivery_failed - address_invalid"),
        ("No authorised recipient available", "delivery_failed - recipient_absent"),
        ("We've incorrectly sorted this parcel", "exception - missort"),
        ("All merchandise discarded", "destroyed - -"),
        ("Die Adresse ist unvollständig.", "delivery_failed - address_invalid"),
        ("Recipient has moved", "delivery_failed - recipient_moved"),
        ("Der Empfänger ist unbekannt verzogen.", "delivery_failed - recipient_moved"),
        ("The shipment could not be delivered today", "delivery_failed - other"),
        ("Die Sendung konnte nicht zugestellt werden.", "delivery_failed - other"),
        ("Zustellversuch nicht erfolgreich", "delivery_failed - other"),
        ("The shipment is being returned to the sender", "returning - -"),
        ("Die Sendung wird an den Absender zurückgesandt.", "returning - -"),
        ("Recipient refused; will be returned to sender", "returning - recipient_refused"),
        ("Unable to deliver shipment - Returned to shipper", "returning - -"),
        ("Returned to sender", "returned - -"),
        ("Die Sendung wurde an den Absender ausgeliefert.", "returned - -"),
        ("The shipment is on hold", "exception held other"),
        ("Die Sendung wird in der Filiale gelagert", "exception held other"),
        ("Shipment damaged in transit", "exception - damaged"),
        ("Die Sendung ist beschädigt.", "exception - damaged"),
        ("Delay due to severe weather", "exception - weather"),
        ("The shipment was missorted", "exception - missort"),
        ("Die Sendung wurde fehlgeleitet.", "exception - missort"),
        ("Held in customs: documents required", "customs held customs_documents"),
        ("Clearance delay", "customs held customs_delay"),
        ("Die Sendung wird vom Zoll geprüft.", "customs held customs_inspection"),
        ("Einfuhrabgaben sind zu zahlen (Zoll)", "customs held customs_duty"),
        ("Lost package investigation", "exception - under_investigation"),
        ("Lost package, investigation concluded", "lost - -"),
        ("The parcel has been lost", "lost - -"),
        ("The item was destroyed", "destroyed - -"),
        ("Die Sendung wurde vernichtet.", "destroyed - -"),
        ("Shipment cancelled", "cancelled - -"),
        ("Ready for pick up at the retail outlet", "available_for_pickup - -"),
        ("Die Sendung liegt in der Filiale zur Abholung bereit.", "available_for_pickup - -"),
        (
            "Recipient not present; the shipment will be taken to a retail outlet.",
            "delivery_failed - recipient_absent",
        ),
        (
            "Ready for collection. If it is not collected, it will be returned to the sender.",
            "available_for_pickup - -",
        ),
        ("Delivery exception", "exception - other"),
        ("JESSICA", "nothing"),
    ],
)
def test_a_failure_is_what_its_words_say(words: str, expected: str) -> None:
    assert line(failed(words)) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Shipment picked up", "accepted accepted -"),
        ("Die Sendung wurde vom Absender in der Filiale eingeliefert.", "accepted accepted -"),
        ("Pickup has been scheduled", "nothing"),
        ("Arrived at DHL Sort Facility PORTO - PORTUGAL", "in_transit arrived -"),
        ("Arrived at DHL Delivery Facility ATHENS", "in_transit delivery_depot -"),
        ("Shipment has departed from a DHL facility", "in_transit departed -"),
        ("Processed at LEIPZIG - GERMANY", "in_transit processed -"),
        ("Die Sendung wurde im Start-Paketzentrum bearbeitet.", "in_transit processed -"),
        ("Handed over to the delivery partner", "in_transit handed_over handover_partner"),
        ("Customs clearance status updated", "customs presented -"),
        ("Clearance processing complete at LISBON", "customs released -"),
        ("Released by customs", "customs released -"),
        ("Not yet released by customs", "customs presented -"),
        ("Die Sendung wurde vom Zoll freigegeben.", "customs released -"),
        ("Further clearance processing is required: contact us", "customs held customs_documents"),
        ("Shipment is out with courier for delivery", "out_for_delivery - -"),
        ("Die Sendung wurde in das Zustellfahrzeug geladen.", "out_for_delivery - -"),
        (
            "Die Sendung wird für die Verladung ins Zustellfahrzeug vorbereitet.",
            "in_transit delivery_depot -",
        ),
        ("Shipment on hold", "exception held other"),
        ("The shipment is being returned to the sender", "returning - -"),
        (
            "Die Packstation ist voll; kann in der Filiale abgeholt werden",
            "available_for_pickup - -",
        ),
        ("In transit", "nothing"),
        ("Delivery attempted; recipient not home", "delivery_failed - recipient_absent"),
        ("Attempted, no response at the address", "delivery_failed - recipient_absent"),
        ("Es erfolgte ein Zustellversuch.", "delivery_failed - other"),
        ("Recipient refused delivery", "delivery_failed - recipient_refused"),
        ("Der Empfänger wurde per E-Mail benachrichtigt.", "nothing"),
        ("Shipment delayed", "exception - delay"),
        ("Die Sendung wurde fehlgeleitet.", "exception - missort"),
        ("Address information needed; contact DHL", "exception - address_invalid"),
        ("Awaiting collection by recipient as requested", "available_for_pickup - -"),
        ("Die Sendung wird zur Abholung in die Filiale gebracht.", "nothing"),
        ("Forwarded to a third party", "in_transit handed_over handover_partner"),
        ("Die Auslands-Sendung wurde dem Zoll übergeben.", "customs presented -"),
        ("Departed on May 5.", "in_transit departed -"),
    ],
)
def test_a_parcel_on_its_way_does_what_its_words_say(words: str, expected: str) -> None:
    assert line(moved(words)) == expected


def test_a_wrong_address_is_what_the_carrier_makes_of_it() -> None:
    told = failed("The address is incorrect", address=Milestone.EXCEPTION)

    assert line(told) == "exception - address_invalid"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Delivered, Parcel Locker", "locker"),
        ("Die Sendung wurde einem Nachbarn übergeben", "neighbour"),
        ("Delivered, Front Door/Porch", "safe_place"),
        ("Signed for by: A", "signed"),
        ("Delivered, Individual Picked Up at Post Office", "collected_by_recipient"),
        ("Delivered", None),
    ],
)
def test_where_a_parcel_was_left_is_a_reason(words: str, expected: str | None) -> None:
    assert how_delivered(words) == expected
