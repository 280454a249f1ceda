"""All settings, typed, in one place; read once by `app.py` and the command line."""

import hashlib
import ipaddress
import os
import re
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import ByteSize, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from data.age_files import check_recipient
from data.local_address import host_name

ROOT = Path(__file__).parent.parent
LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})
HOST = re.compile(r"(?:[A-Za-z0-9_.-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?")
KEYS, AUDIT_KEY = "keys", "audit.key"
ANSWERS_MEMORY, PAGES_MEMORY = ByteSize(24 * 1024 * 1024), ByteSize(28 * 1024 * 1024)


Network = ipaddress.IPv4Network | ipaddress.IPv6Network


@cache
def networks_of(addresses: str) -> tuple[Network, ...]:
    """The networks that are named, separated by commas.

    Raises:
        ValueError: one of them is none.
    """
    return tuple(ipaddress.ip_network(entry.strip(), strict=False) for entry in addresses.split(",") if entry.strip())


class Settings(BaseSettings):
    """Environment variables `OVERSIGHT_<NAME>` override these defaults."""

    model_config = SettingsConfigDict(env_prefix="OVERSIGHT_", frozen=True)

    var_folder: Path = ROOT / "var"
    """Runtime files: batches, snapshots, demonstration sources, caches."""
    rules_folder: Path = ROOT / "queries" / "rules"
    """The rule files run at publication, in the order of their names."""
    host: str = "127.0.0.1"
    """Checked at start: without login anything but loopback is refused. gunicorn's `--bind` decides
    where it listens."""
    login: Literal["local", "oidc", "off"] = "local"
    """`local` accounts, `oidc` for the organisation's provider, or `off` for a trial on the own
    machine with a viewer of all rights."""
    oidc_issuer: str = ""
    """Address of the OpenID Connect provider."""
    oidc_client_id: str = ""
    """Our name there."""
    oidc_client_secret: SecretStr = SecretStr("")
    """Our secret there."""
    oidc_account_claim: str = "preferred_username"
    """The claim that holds the account's name."""
    oidc_role_claim: str = ""
    """The claim that holds roles; empty leaves roles to our own desk."""
    oidc_roles: str = ""
    """Which of our roles a value of that claim means: `督导室=municipal_supervisor,校办=school_office`; the first that
    fits counts. Roles that two administrators change are never given this way."""
    oidc_unit_claim: str = ""
    """The claim that holds the units of an account, as codes or names; empty leaves them to our desk."""
    oidc_school_claim: str = ""
    """The claim that holds the schools of an account, as codes; empty leaves them to our desk."""
    oidc_acr_values: str = ""
    """How people must have proven themselves (`acr`), separated by spaces: asked for, and demanded of the answer."""
    oidc_max_age_minutes: int = 0
    """How long ago they may have done so at the most: asked for, and demanded of the answer; 0 asks nothing."""
    public_address: str = ""
    """Where viewers reach us (`https://oversight.example.gov.cn`): the provider sends them back there, whatever
    name they asked by; empty is the name they asked by."""
    allowed_hosts: str = ""
    """The names under which viewers reach us, separated by commas; loopback's are always known."""
    proxy_hops: int = 0
    """How many proxies of ours stand in front and set X-Forwarded-*; with 0 a request that was
    handed on is refused."""
    proxy_addresses: str = "127.0.0.0/8,::1"
    """Addresses or networks, separated by commas, from which our proxies ask; X-Forwarded-* of others is refused."""
    secure_cookies: bool = True
    """Session cookies over TLS only; browsers accept them from loopback without TLS too."""
    session_idle_minutes: int = 30
    """A session without use ends after this."""
    session_hours: int = 8
    """A session ends after this in any case."""
    password_days: int = 180
    """A password older than this is to be changed at the next sign-in."""
    second_factor_roles: str = ""
    """Roles whose local accounts must have a second factor, separated by commas (`administrator,auditor`)."""
    publish_threads: int = 2
    """DuckDB threads of a publication."""
    publish_memory: str = "3GB"
    """DuckDB memory limit of a publication."""
    prewarms_pages: bool = True
    """Whether each web process draws what is asked first in the background, after a publication."""
    reader_memory: str = "160MB"
    """DuckDB memory limit of one web process, for each open publication."""
    answers_memory: ByteSize = ANSWERS_MEMORY
    """What one web process keeps of answers to questions, so as not to ask again."""
    pages_memory: ByteSize = PAGES_MEMORY
    """What one web process keeps of drawn pages: room for those that are drawn ahead, and some."""

    audit_address_days: int = 180
    """How long the audit keeps from which address an act came; 0 keeps none."""
    audit_file: Path | None = None
    """Where entries of the audit are also written as JSON lines, for a collector; none where it is not set."""
    security_contact: str = ""
    """Whom to tell of a weakness (`mailto:…` or an address), said in `/.well-known/security.txt`; none where empty."""
    evidence_scanner: str = ""
    """A command that is given each evidence file (`clamdscan --fdpass --no-summary`): exit code 0 lets it in, 1 says
    that it is infected, anything else lets nothing in; none where it is not set."""
    backup_recipient: str = ""
    """Public key of age (`age1…`) for whom backups are encrypted; empty leaves them readable to their owner."""
    store_url: str = ""
    """SQLAlchemy address of the operational store; empty is SQLite in the runtime folder."""

    @field_validator("allowed_hosts")
    @classmethod
    def _are_hosts(cls, hosts: str) -> str:
        for entry in hosts.split(","):
            if entry.strip() and not HOST.fullmatch(entry.strip()):
                raise ValueError(f"{entry.strip()!r} is no host name")
        return hosts

    @field_validator("oidc_roles")
    @classmethod
    def _are_roles(cls, role_pairs: str) -> str:
        for pair in filter(str.strip, role_pairs.split(",")):
            if not all(part.strip() for part in (*pair.rpartition("=")[::2],)):
                raise ValueError(f"{pair.strip()!r} is no pair such as value=role_code")
        return role_pairs

    @field_validator("proxy_addresses")
    @classmethod
    def _are_networks(cls, addresses: str) -> str:
        networks_of(addresses)
        return addresses

    @field_validator("backup_recipient")
    @classmethod
    def _is_recipient(cls, public_key: str) -> str:
        return check_recipient(public_key) if public_key else public_key

    @field_validator("public_address")
    @classmethod
    def _is_address(cls, address: str) -> str:
        scheme, _, host = address.rstrip("/").partition("://")
        if address and (scheme not in ("http", "https") or not HOST.fullmatch(host)):
            raise ValueError(f"{address!r} is no address such as https://oversight.example.gov.cn")
        return address.rstrip("/")

    @property
    def host_names(self) -> frozenset[str]:
        """The names in `Host` that are ours, without ports."""
        return LOOPBACK_NAMES | {host_name(e.strip()) for e in self.allowed_hosts.split(",")} - {""}

    @property
    def proxy_networks(self) -> tuple[Network, ...]:
        """The networks from which our proxies ask."""
        return networks_of(self.proxy_addresses)

    @property
    def demanding_roles(self) -> frozenset[str]:
        """The codes of the roles whose accounts must have a second factor; at a provider that is the provider's."""
        codes = {code.strip() for code in self.second_factor_roles.split(",")} - {""}
        return frozenset(codes) if self.login == "local" else frozenset()

    @property
    def roles_of_claims(self) -> dict[str, str]:
        """Our role for each value of the provider's claim of roles, in the order that counts."""
        pairs = (pair.rpartition("=") for pair in self.oidc_roles.split(",") if pair.strip())
        return {value.strip(): role.strip() for value, _, role in pairs}

    @property
    def has_login(self) -> bool:
        """Whether viewers sign in."""
        return self.login != "off"

    @property
    def issuer(self) -> str:
        """The provider as accounts are bound to it; its own claims are checked against it."""
        return self.oidc_issuer.rstrip("/")

    @property
    def audit_key_file(self) -> Path:
        """Key of the audit's hash chain; to be kept apart from the store's backups."""
        return self.var_folder / KEYS / AUDIT_KEY

    @property
    def audit_heads_file(self) -> Path:
        """Heads of the audit's hash chain, noted at each publication and backup."""
        return self.var_folder / KEYS / "audit.heads"

    @property
    def store_head_file(self) -> Path:
        """The last seal of this store's tables and the last entry of its audit, noted at each write."""
        mark = hashlib.sha256(self.store_url.encode()).hexdigest()[:8] if self.store_url else "sqlite"
        return self.var_folder / KEYS / f"store-{mark}.head"

    @property
    def session_key_file(self) -> Path:
        """Key that signs the short-lived cookie of a sign-in at the provider."""
        return self.var_folder / KEYS / "session.key"

    @property
    def evidence_folder(self) -> Path:
        """Evidence files of the ledger, under their content hash."""
        return self.var_folder / "evidence"

    @property
    def list_folders(self) -> tuple[Path, Path]:
        """Lists of accounts and of the registers that were looked at and not yet taken."""
        return self.var_folder / "account_lists", self.var_folder / "register_lists"

    @property
    def submissions_folder(self) -> Path:
        """What offices handed in, one folder per content hash."""
        return self.var_folder / "submissions"

    @property
    def own_catalogue_folder(self) -> Path:
        """A catalogue here takes the place of the project's, for example a province's."""
        return self.var_folder / "catalogue"

    @property
    def overlay_file(self) -> Path:
        """The installation's own rows over the catalogue, as the store has released them; made anew from there."""
        return self.var_folder / "overlay" / "catalogue.json"

    @property
    def trials_folder(self) -> Path:
        """What was found of proposed rows of the catalogue; made anew at will."""
        return self.var_folder / "trials"

    @property
    def batches_folder(self) -> Path:
        """One folder per accepted batch."""
        return self.var_folder / "batches"

    @property
    def snapshots_folder(self) -> Path:
        """Published snapshot files and the pointer to the current one."""
        return self.var_folder / "snapshots"


def set_library_default(name: str, value: str) -> None:
    """Set an environment variable that a library reads, where the operator did not."""
    os.environ.setdefault(name, value)  # noqa: TID251  here is where it is read
