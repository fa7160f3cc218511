"""What is kept is encrypted, private, recoverable, and ends when it must."""

from collections.abc import Mapping
from typing import Any

from amends.domain.case.vault import KEPT_FOR
from amends.service.intake.vault import VAULT
from tests.template.reading import APPEND_ONLY, Resources, mentions, of_type, statements

END_BY_THEMSELVES = {"ContactsTable", "IdempotencyTable", "DeliveriesTable", "ShipmentsTable"}


def test_every_table_is_encrypted_recoverable_and_pays_for_what_it_serves(
    resources: Resources,
) -> None:
    for name, table in of_type(resources, "AWS::DynamoDB::Table").items():
        assert table["SSESpecification"]["SSEEnabled"] is True, name
        recovery = table["PointInTimeRecoverySpecification"]
        assert recovery["PointInTimeRecoveryEnabled"] is True, name
        assert table["BillingMode"] == "PAY_PER_REQUEST", name
        assert ("TimeToLiveSpecification" in table) is (name in END_BY_THEMSELVES), name
    for name in APPEND_ONLY:
        assert resources[name]["DeletionPolicy"] == "Retain"


def test_contacts_have_a_key_of_their_own(resources: Resources) -> None:
    encryption = resources["ContactsTable"]["Properties"]["SSESpecification"]

    assert mentions(encryption["KMSMasterKeyId"]) == {"ContactsKey"}
    assert resources["ContactsKey"]["Properties"]["EnableKeyRotation"] is True


def test_every_bucket_is_private_encrypted_and_versioned(resources: Resources) -> None:
    for name, bucket in of_type(resources, "AWS::S3::Bucket").items():
        assert bucket["BucketEncryption"], name
        assert all(bucket["PublicAccessBlockConfiguration"].values()), name
        assert len(bucket["PublicAccessBlockConfiguration"]) == 4, name
        assert bucket["VersioningConfiguration"] == {"Status": "Enabled"}, name
        assert bucket["LifecycleConfiguration"]["Rules"], name


def test_a_name_that_only_one_in_the_world_can_have_says_whose_it_is_and_where(
    template: Mapping[str, Any], resources: Resources
) -> None:
    buckets = of_type(resources, "AWS::S3::Bucket").values()
    named = [one["BucketName"] for one in buckets if "BucketName" in one]
    assert named == [template["Globals"]["Function"]["Environment"]["Variables"]["MAIL_BUCKET"]]
    assert mentions(named) == {"AWS::StackName", "AWS::AccountId", "AWS::Region"}
    read = [
        one["Resource"]
        for one in statements(resources, "ReportIntakeEmail")
        if "-mail-" in str(one["Resource"])
    ]
    assert [one["Fn::Sub"].split(":::")[1] for one in read] == [f"{named[0]['Fn::Sub']}/*"]
    # Roles and policies have one name for all regions; a domain of tokens is one of its region.
    one_for_all = {"RoleName", "ManagedPolicyName"}
    assert not [
        name for name, one in resources.items() if one_for_all & set(one.get("Properties", ()))
    ]
    (domain,) = of_type(resources, "AWS::Cognito::UserPoolDomain").values()
    assert mentions(domain["Domain"]) == {"AWS::StackName", "AWS::AccountId"}


def test_the_api_is_throttled_and_its_calls_are_logged_without_anyones_data(
    resources: Resources,
) -> None:
    stage = resources["ApiStage"]["Properties"]
    assert mentions(stage["DefaultRouteSettings"]) == {"RequestRate", "RequestBurst"}
    assert mentions(stage["AccessLogSettings"]["DestinationArn"]) == {"ApiLogs"}
    written = stage["AccessLogSettings"]["Format"]
    assert not [word for word in ("sourceIp", "header", "path", "claims") if word in written]


def test_every_log_ends(resources: Resources) -> None:
    for name, group in of_type(resources, "AWS::Logs::LogGroup").items():
        assert mentions(group["RetentionInDays"]) == {"LogRetentionDays"}, name


def test_what_no_case_asked_for_ends_with_its_row_and_evidence_of_cases_never(
    resources: Resources,
) -> None:
    rules = resources["EvidenceBucket"]["Properties"]["LifecycleConfiguration"]["Rules"]
    ends = {
        rule["Prefix"]: rule["ExpirationInDays"] for rule in rules if "ExpirationInDays" in rule
    }

    assert ends == {"arriving/": 30, f"{VAULT}/": KEPT_FOR.days}
    lock = resources["EvidenceBucket"]["Properties"]["ObjectLockConfiguration"]["Fn::If"][1]
    assert lock["Rule"]["DefaultRetention"]["Days"] < KEPT_FOR.days
