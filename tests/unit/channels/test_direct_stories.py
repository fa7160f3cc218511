"""Whole lives of invented parcels, as each direct channel would tell them, newest first."""

import json

from amends.catalog.channels import dhl_unified, fedex, royal_mail, ups, upu, usps
from amends.domain.parcel.reading import Reading
from tests.support.channel_samples import lines, status


def short(reading: Reading) -> list[str]:
    return [" ".join(line.split()[:1] + line.split()[2:3]) for line in lines(reading)]


def test_a_german_parcel_is_refused_and_comes_back() -> None:
    told = [
        ("2026-11-16T11:20:00", "delivered", "Die Sendung wurde dem Absender zugestellt."),
        ("2026-11-14T02:10:00", "transit", "Die Rücksendung wurde im Paketzentrum bearbeitet."),
        ("2026-11-13T15:00:00", "failure", "Die Sendung wird an den Absender zurückgesandt."),
        ("2026-11-13T14:58:00", "failure", "Die Annahme der Sendung wurde verweigert."),
        ("2026-11-13T08:05:00", "transit", "Die Sendung wurde in das Zustellfahrzeug geladen."),
        ("2026-11-13T03:40:00", "transit", "Die Sendung ist in der Zustellbasis eingetroffen."),
        ("2026-11-12T19:30:00", "transit", "Die Sendung wurde im Start-Paketzentrum bearbeitet."),
        ("2026-11-12T16:00:00", "transit", "Die Sendung wurde in der Filiale eingeliefert."),
        ("2026-11-12T09:00:00", "pre-transit", "Die Sendung wurde elektronisch angekündigt."),
    ]
    events = [
        {"timestamp": at, "statusCode": code, "status": code, "description": words}
        for at, code, words in told
    ]
    shipment = {"id": "003404", "service": "parcel-de", "status": events[0], "events": events}
    (reading,) = dhl_unified.read(json.dumps({"shipments": [shipment]}).encode())

    assert status(reading) == "003404 dhl_parcel_de found returned - return active -"
    assert short(reading) == [
        "2026-11-12T08:00:00Z info_received",
        "2026-11-12T15:00:00Z accepted",
        "2026-11-12T18:30:00Z in_transit",
        "2026-11-13T02:40:00Z in_transit",
        "2026-11-13T07:05:00Z out_for_delivery",
        "2026-11-13T13:58:00Z delivery_failed",
        "2026-11-13T14:00:00Z returning",
        "2026-11-14T01:10:00Z returning",
        "2026-11-16T10:20:00Z returned",
    ]


def test_a_letter_of_usps_waits_between_generated_texts() -> None:
    told = [
        ("2026-11-08T13:58:00", "-05:00", "TL", "In Transit to Next Facility"),
        ("2026-11-07T13:58:00", "-05:00", "TL", "In Transit to Next Facility"),
        ("2026-11-06T22:30:00", "-05:00", "A1", "Arrived at USPS Regional Facility"),
        ("2026-11-01T01:30:00", "-06:00", "T1", "Departed USPS Regional Facility"),
        ("2026-11-01T01:40:00", "-05:00", "10", "Arrived at USPS Origin Facility"),
        ("2026-10-31T10:10:00", "-05:00", "03", "USPS in possession of item"),
        ("2026-10-30T11:32:00", "-05:00", "GX", "Shipping Label Created"),
    ]
    events = [
        {"eventTimestamp": at, "GMTOffset": offset, "eventCode": code, "eventType": words}
        for at, offset, code, words in told
    ]
    piece = {"trackingNumber": "9", "statusCategory": "In Transit", "trackingEvents": events}
    (reading,) = usps.read(json.dumps([piece]).encode())

    assert status(reading) == "9 usps found in_transit - forward active -"
    assert short(reading) == [
        "2026-10-30T16:32:00Z info_received",
        "2026-10-31T15:10:00Z accepted",
        "2026-11-01T06:40:00Z in_transit",
        "2026-11-01T07:30:00Z in_transit",
        "2026-11-07T03:30:00Z in_transit",
        "2026-11-07T18:58:00Z no_change",
        "2026-11-08T18:58:00Z no_change",
    ]


def test_ups_pays_for_a_parcel_that_it_lost() -> None:
    told = [
        ("20261201", "100000", "X", "140", "Claim paid"),
        ("20261120", "093000", "X", "130", "Claim opened"),
        ("20261112", "013000", "X", "129", "Lost package investigation"),
        ("20261107", "231500", "I", "005", "Departed from Facility"),
        ("20261107", "164100", "I", "010", "Arrived at Facility"),
        ("20261106", "171000", "I", "160", "We Have Your Package"),
        ("20261106", "090300", "M", "003", "Shipper created a label"),
    ]
    activities = [
        {
            "date": day,
            "time": time,
            "gmtOffset": "-05:00",
            "status": {"type": kind, "statusCode": number, "description": words},
        }
        for day, time, kind, number, words in told
    ]
    package = {"trackingNumber": "1Z", "activity": activities}
    body = {"trackResponse": {"shipment": [{"inquiryNumber": "1Z", "package": [package]}]}}
    (reading,) = ups.read(json.dumps(body).encode())

    assert status(reading) == "1Z ups found lost under_investigation forward active -"
    assert [line.split()[1] for line in short(reading)] == [
        "info_received",
        "accepted",
        "in_transit",
        "in_transit",
        "exception",
        "exception",
        "lost",
    ]


def test_fedex_delivers_at_the_second_attempt() -> None:
    told = [
        ("2026-11-08T12:41:57-05:00", "DL", "DL", "Delivered"),
        ("2026-11-08T06:47:00-05:00", "OD", "IT", "On FedEx vehicle for delivery"),
        ("2026-11-07T11:28:00-05:00", "DE", "DE", "Customer not available or business closed"),
        ("2026-11-07T07:00:00-05:00", "OD", "IT", "On FedEx vehicle for delivery"),
        ("2026-11-07T07:00:00-05:00", "OD", "IT", "On FedEx vehicle for delivery"),
        ("2026-11-06T08:41:00-06:00", "CC", "IT", "International shipment release - Import"),
        ("2026-11-05T08:41:00-06:00", "CD", "CD", "Clearance delay"),
        ("2026-11-04T17:20:00+01:00", "PU", "PU", "Picked up"),
        ("2026-11-04T10:00:00+01:00", "OC", "IN", "Shipment information sent to FedEx"),
    ]
    events = [
        {"date": at, "eventType": kind, "derivedStatusCode": derived, "eventDescription": words}
        for at, kind, derived, words in told
    ]
    result = {"latestStatusDetail": {"code": "DL", "derivedCode": "DL"}, "scanEvents": events}
    complete = [{"trackingNumber": "78", "trackResults": [result]}]
    (reading,) = fedex.read(json.dumps({"output": {"completeTrackResults": complete}}).encode())

    assert status(reading) == "78 fedex found delivered - forward active -"
    assert len(reading.scans) == len(events)
    assert short(reading)[2:7] == [
        "2026-11-05T14:41:00Z customs",
        "2026-11-06T14:41:00Z customs",
        "2026-11-07T12:00:00Z out_for_delivery",
        "2026-11-07T12:00:00Z out_for_delivery",
        "2026-11-07T16:28:00Z delivery_failed",
    ]


def test_royal_mail_leaves_a_card_and_the_recipient_collects() -> None:
    told = [
        ("2026-10-26T09:10:00+00:00", "EVPLC"),
        ("2026-10-24T16:00:00+01:00", "EVPLA"),
        ("2026-10-24T11:02:00+01:00", "EVKNA"),
        ("2026-10-24T07:30:00+01:00", "EVGPD"),
        ("2026-10-24T05:10:00+01:00", "EVDAV"),
        ("2026-10-23T20:00:00+01:00", "EVIMC"),
        ("2026-10-23T16:00:00+01:00", "EVPPA"),
    ]
    events = [{"eventDateTime": at, "eventCode": code} for at, code in told]
    body = {"mailPieces": {"mailPieceId": "FQ1", "events": events}}
    (reading,) = royal_mail.read(json.dumps(body).encode())

    assert status(reading) == (
        "FQ1 royal_mail found delivered collected_by_recipient forward active -"
    )
    assert short(reading)[-2:] == [
        "2026-10-24T15:00:00Z available_for_pickup",
        "2026-10-26T09:10:00Z delivered",
    ]


def test_an_item_of_the_upu_is_sent_on_by_the_wrong_post_and_arrives() -> None:
    told = [
        ("EMA", 1, "SUZHOU"),
        ("EMB", 2, "SHANGHAI"),
        ("EMC", 3, "SHANGHAI"),
        ("EMD", 5, "LISBOA"),
        ("EMC", 7, "LISBOA"),
        ("EMD", 9, "LISBOA"),
        ("EDB", 9, "LISBOA"),
        ("EDC", 10, "LISBOA"),
        ("EMI", 12, "PORTO"),
    ]
    events = [
        {"EventCd": code, "EventDT": f"2026-11-{day:02}T10:00:00Z", "EventLocation": where}
        for code, day, where in told
    ]
    ends = {"OriginCountryCd": "CN", "DestinationCountryCd": "PT"}
    (reading,) = upu.read(json.dumps([{"ID": "EA1CN", **ends, "Events": events}]).encode())

    assert status(reading) == "EA1CN - found delivered - forward active -"
    assert sum(scan.reason == "missort" for scan in reading.scans) == 1
    assert len(reading.scans) == len(told)
