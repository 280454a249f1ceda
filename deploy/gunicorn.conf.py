"""How the application is served: one file for `make run`, the container, systemd and the tests.

The command line of gunicorn wins over it, for another address or number of workers. Bound to other hosts than this one
it starts only with `OVERSIGHT_PROXY_HOPS`: TLS, slow clients and large bodies are the proxy's.
"""

import ipaddress

from gunicorn.arbiter import Arbiter

bind = "127.0.0.1:8050"
workers = 2
threads = 4
worker_class = "deploy.patient_worker.PatientWorker"
timeout = 150
graceful_timeout = 30
keepalive = 75  # longer than the proxy keeps a connection, so that none ends under a form that is sent
max_requests = 5000
max_requests_jitter = 500
limit_request_line = 4094
limit_request_fields = 60
limit_request_field_size = 8190
control_socket_disable = True


def on_starting(server: Arbiter) -> None:
    """Refuse to serve other hosts without a proxy in front."""
    from data.settings import Settings  # gunicorn reads this file before it finds ours

    for address in server.cfg.address:
        is_local = not isinstance(address, tuple) or ipaddress.ip_address(address[0]).is_loopback
        if not is_local and not Settings().proxy_hops:
            raise SystemExit(f"{address[0]}: other hosts are served behind a proxy alone; set OVERSIGHT_PROXY_HOPS")
