"""The deploy: the unmodified SAM CLI, then the few things that an operator does by hand on AWS."""

import contextlib
import subprocess
import tempfile
from pathlib import Path
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

from tools.local.build import SAM, architecture, runtime
from tools.local.places import REGION, ROOT, Places, environment

STACK = "amends"
GROUPS = ("agent", "investigator", "adjuster", "finance", "supervisor", "admin")
ORIGIN = "http://localhost:5173"
SENDER = "claims@amends.example"
SURVEY_DELAY_SECONDS = 5


def session(identity: dict[str, Any]) -> boto3.session.Session:
    """A session of the stack's own account, which the emulator knows by its key."""
    return boto3.session.Session(
        aws_access_key_id=identity["account"],
        aws_secret_access_key=identity["secret"],
        region_name=REGION,
    )


def client(identity: dict[str, Any], endpoint: str, service: str) -> Any:
    """A client of the emulator and of nothing else; bounded retries."""
    bounds = Config(
        retries={"total_max_attempts": 3, "mode": "standard"}, connect_timeout=60, read_timeout=120
    )
    return session(identity).client(service, endpoint_url=endpoint, config=bounds)


def deploy(
    places: Places, identity: dict[str, Any], endpoint: str, template: Path
) -> dict[str, str]:
    """Deploy the built template; answers the stack's outputs by name."""
    bucket = f"{STACK}-artifacts-{identity['account']}"
    objects = client(identity, endpoint, "s3")
    try:
        objects.head_bucket(Bucket=bucket)
    except ClientError:
        objects.create_bucket(Bucket=bucket)
    overrides = {
        "PyRuntime": runtime(),
        "Arch": architecture(),
        "Target": "local",
        "LocalEndpoint": endpoint,
        "SurveyDelaySeconds": str(SURVEY_DELAY_SECONDS),
        "SenderAddress": SENDER,
        "AllowedOrigin": ORIGIN,
        # Demonstrations and tests come in bursts that one claimant never makes.
        "RequestRate": "1000",
        "RequestBurst": "2000",
        # Each reader more is a cold start more, and the cores of a machine are few.
        "QueueConcurrency": "2",
        "PeopleConcurrency": "2",
    }
    with tempfile.TemporaryDirectory(dir=places.folder("tmp")) as config:
        _sam_deploy(identity, endpoint, template, bucket, overrides, Path(config))
    stacks = client(identity, endpoint, "cloudformation").describe_stacks(StackName=STACK)
    return {output["OutputKey"]: output["OutputValue"] for output in stacks["Stacks"][0]["Outputs"]}


def _sam_deploy(
    identity: dict[str, Any],
    endpoint: str,
    template: Path,
    bucket: str,
    overrides: dict[str, str],
    home: Path,
) -> None:
    variables = environment(
        AWS_ACCESS_KEY_ID=identity["account"],
        AWS_SECRET_ACCESS_KEY=identity["secret"],
        AWS_DEFAULT_REGION=REGION,
        AWS_ENDPOINT_URL=endpoint,
        AWS_EC2_METADATA_DISABLED="true",
        AWS_CONFIG_FILE=str(home / "config"),
        AWS_SHARED_CREDENTIALS_FILE=str(home / "credentials"),
        NO_PROXY="127.0.0.1,localhost",
        SAM_CLI_POLL_DELAY="0.1",
        SAM_CLI_TELEMETRY="0",
    )
    answer = subprocess.run(
        [
            *(str(SAM), "deploy", "--template-file", str(template), "--stack-name", STACK),
            *("--s3-bucket", bucket, "--region", REGION, "--capabilities", "CAPABILITY_IAM"),
            *("--no-confirm-changeset", "--no-fail-on-empty-changeset", "--no-progressbar"),
            *("--parameter-overrides", *(f"{key}={value}" for key, value in overrides.items())),
        ],
        cwd=ROOT,
        env=variables,
        capture_output=True,
        text=True,
        check=False,
    )
    if answer.returncode:
        raise SystemExit(f"sam deploy failed:\n{answer.stdout}{answer.stderr}")


def add_people(identity: dict[str, Any], endpoint: str, outputs: dict[str, str]) -> dict[str, Any]:
    """One member of staff in each group; answers their credentials by group."""
    cognito = client(identity, endpoint, "cognito-idp")
    people: dict[str, Any] = {}
    for group in GROUPS:
        name = f"{group}@amends.example"
        with contextlib.suppress(cognito.exceptions.UsernameExistsException):
            cognito.admin_create_user(
                UserPoolId=outputs["UserPoolId"], Username=name, MessageAction="SUPPRESS"
            )
        cognito.admin_set_user_password(
            UserPoolId=outputs["UserPoolId"],
            Username=name,
            Password=identity["password"],
            Permanent=True,
        )
        cognito.admin_add_user_to_group(
            UserPoolId=outputs["UserPoolId"], Username=name, GroupName=group
        )
        people[group] = {"username": name, "password": identity["password"]}
    return people


def merchant(identity: dict[str, Any], endpoint: str, outputs: dict[str, str]) -> dict[str, str]:
    """The credentials of the merchant's client."""
    described = client(identity, endpoint, "cognito-idp").describe_user_pool_client(
        UserPoolId=outputs["UserPoolId"], ClientId=outputs["MerchantClientId"]
    )["UserPoolClient"]
    return {
        "client_id": described["ClientId"],
        "client_secret": described["ClientSecret"],
        "token_url": f"{endpoint}/oauth2/token",
        "scopes": "amends/shipments amends/cases amends/webhooks",
    }
