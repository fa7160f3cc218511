"""Links: where a person can look a number up for themselves."""

from collections.abc import Mapping
from urllib.parse import quote

from amends.domain.parcel.carriers import house_of

_ANY = "https://t.17track.net/en#nums={number}"

_PAGES: Mapping[str, str] = {
    "4px": "https://track.4px.com/#/result/0/{number}",
    "an_post": "https://www.anpost.com/Post-Parcels/Track/History?item={number}",
    "australia_post": "https://auspost.com.au/mypost/track/details/{number}",
    "bpost": "https://track.bpost.cloud/btr/web/#/search?itemCode={number}",
    "cainiao": "https://global.cainiao.com/newDetail.htm?mailNoList={number}",
    "canada_post": (
        "https://www.canadapost-postescanada.ca/track-reperage/en#/search?searchFor={number}"
    ),
    "canpar": "https://www.canpar.com/en/tracking/track.htm?barcode={number}",
    "correios": "https://rastreamento.correios.com.br/app/index.php?objetos={number}",
    "correos_es": "https://www.correos.es/es/en/tools/tracker/items/details?tracking-number={number}",
    "deutsche_post": "https://www.deutschepost.de/de/s/sendungsverfolgung.html?piececode={number}",
    "dhl": "https://www.dhl.com/global-en/home/tracking.html?tracking-id={number}",
    "dpd": "https://www.dpdgroup.com/nl/mydpd/my-parcels/track?lang=en&parcelNumber={number}",
    "fedex": "https://www.fedex.com/fedextrack/?trknbr={number}",
    "gofo": "https://www.gofoexpress.com/tracking.html?searchID={number}",
    "india_post": "https://www.indiapost.gov.in/",
    "japan_post": "https://trackings.post.japanpost.jp/services/srv/search/direct?reqCodeNo1={number}",
    "la_poste": "https://www.laposte.fr/outils/suivre-vos-envois?code={number}",
    "landmark": "https://track.landmarkglobal.com/?search={number}",
    "old_dominion": (
        "https://www.odfl.com/us/en/tools/trace-track-ltl-freight/trace.html?proNumbers={number}"
    ),
    "ontrac": "https://www.ontrac.com/tracking/?number={number}",
    "purolator": "https://www.purolator.com/en/shipping/tracker?searchValue={number}",
    "royal_mail": "https://www.royalmail.com/track-your-item#/tracking-results/{number}",
    "russian_post": "https://www.pochta.ru/tracking?barcode={number}",
    "sf": "https://www.sf-express.com/chn/en/waybill/waybill-detail/{number}",
    "speedee": "https://www.speedeedelivery.com/track/?tracking={number}",
    "ups": "https://www.ups.com/track?tracknum={number}",
    "usps": "https://tools.usps.com/go/TrackConfirmAction?tLabels={number}",
    "yodel": "https://www.yodel.co.uk/tracking/{number}",
    "yunexpress": "https://www.yuntrack.com/parcelTracking?id={number}",
}


def tracking_link(carrier: str | None, number: str) -> str:
    """The carrier's own page of this number; a page that knows most carriers where it has none.

    The addresses are the carriers' public ones and may move: a link is a courtesy, not a promise.
    """
    page = _PAGES.get(carrier or "") or _PAGES.get(house_of(carrier) or "", _ANY)
    return page.format(number=quote(number, safe=""))
