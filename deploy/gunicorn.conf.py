"""How the application is served: one file for `make run`, the container, systemd and the tests.

The command line of gunicorn wins over it, for another address or number of workers.
"""

bind = "127.0.0.1:8050"
workers = 2
threads = 4
timeout = 150
graceful_timeout = 30
max_requests = 5000
max_requests_jitter = 500
control_socket_disable = True
