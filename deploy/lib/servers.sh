# The private PostgreSQL and RabbitMQ under supervisord: data, configuration, start and stop. Sourced after common.sh; needs use_port.

PG_BIN=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1 || true)

# PostgreSQL refuses to run as root, and Debian's RabbitMQ belongs to its own user
if [ "$(id -u)" = 0 ]; then PG_USER=postgres RABBIT_USER=rabbitmq; else PG_USER=$(id -un) RABBIT_USER=$(id -un); fi
run_as() { local user=$1; shift; if [ "$(id -un)" = "$user" ]; then "$@"; else runuser -u "$user" -- "$@"; fi; }

# Where the servers' data is: in the state folder, or where their users can reach it when the checkout lies in a closed folder
servers_folder() {
    if [ -f "$STATE/servers-folder" ]; then cat "$STATE/servers-folder"; return; fi
    local folder=$STATE/servers
    if [ "$(id -u)" = 0 ] && ! run_as "$PG_USER" test -x "$STATE"; then folder=/var/lib/hotline/$(printf %s "$STATE" | sha1sum | cut -c1-12); fi
    echo "$folder"
}

# Secrets that are not there yet, in a file that only its owner can read
make_secrets() {
    local name names=(POSTGRES_PASSWORD RABBIT_PASSWORD SUPERVISOR_PASSWORD DASHBOARD_TOKEN OTLP_KEY "${SECRETS[@]}")
    (umask 077; { cat "$STATE/secrets" 2>/dev/null || true
    for name in "${names[@]}"; do grep -qs "^$name=" "$STATE/secrets" || printf '%s=%s\n' "$name" "$(secret)"; done; } >"$STATE/secrets.new" && mv "$STATE/secrets.new" "$STATE/secrets")
}

# The services reach PostgreSQL over a Unix socket: a fifth more lifecycles a second than over TCP. Its path has room for 107 bytes (unix(7)).
use_sockets() {
    POSTGRES_SOCKETS=$SERVERS/postgres POSTGRES_HOST=$SERVERS/postgres
    if [ "$(printf %s "$POSTGRES_SOCKETS/.s.PGSQL.$POSTGRES_PORT" | wc -c)" -gt 107 ]; then POSTGRES_SOCKETS='' POSTGRES_HOST=127.0.0.1; fi
}

prepare_servers() {
    prepare_data
    write_supervisord
}

# Folders, secrets and configuration of both servers; what starts them is deploy/lib/run-server
prepare_data() {
    mkdir -p "$STATE/log" && chmod 755 "$STATE"
    SERVERS=$(servers_folder)
    mkdir -p "$SERVERS" "$SERVERS/log" && chmod 755 "$SERVERS" && echo "$SERVERS" >"$STATE/servers-folder"
    use_sockets
    make_secrets
    . "$STATE/secrets"

    if [ ! -f "$SERVERS/postgres/PG_VERSION" ]; then
        rm -rf "$SERVERS/postgres" && mkdir -p "$SERVERS/postgres" && chown "$PG_USER" "$SERVERS/postgres" && chmod 700 "$SERVERS/postgres"
        local file; file=$(mktemp); printf '%s\n' "$POSTGRES_PASSWORD" >"$file"; chown "$PG_USER" "$file"
        run_as "$PG_USER" "$PG_BIN/initdb" -D "$SERVERS/postgres" -U hotline --pwfile="$file" --auth=scram-sha-256 -E UTF8 --locale=C.UTF-8 >"$STATE/log/initdb.log" 2>&1 \
            || { rm -f "$file"; rm -rf "$SERVERS/postgres"; die "initdb failed" "$(tail -n 3 "$STATE/log/initdb.log")"; }
        rm -f "$file"
    fi

    mkdir -p "$SERVERS/rabbitmq/home" "$SERVERS/rabbitmq/mnesia" "$SERVERS/rabbitmq/log"
    (umask 077
    cat >"$SERVERS/rabbitmq/rabbitmq.conf" <<CONF
listeners.tcp.1 = 127.0.0.1:$RABBIT_PORT
management.tcp.ip = 127.0.0.1
management.tcp.port = $MANAGEMENT_PORT
default_user = hotline
default_pass = $RABBIT_PASSWORD
disk_free_limit.absolute = 200MB
log.file.level = warning
CONF
    # queues are counted every second in place of every five: deploy/backup waits for a count
    echo '[{rabbit, [{quorum_tick_interval, 1000}]}].' >"$SERVERS/rabbitmq/advanced.config"
    echo '[rabbitmq_management].' >"$SERVERS/rabbitmq/enabled_plugins")
    chown -R "$RABBIT_USER" "$SERVERS/rabbitmq"
}

# supervisord's names of all replicas of the services
processes() { local service i; for service in "${SERVICES[@]}"; do echo "services:$service"; for ((i = 1; i < REPLICAS; i++)); do echo "replica$i:$service-$i"; done; done; }

# the password never is in a command line, as it would be with sed
write_supervisord() {
    local text name
    text=$(cat "$ROOT/deploy/supervisord.conf.in" "$ROOT/deploy/rendered/supervisord.services.in"; more_replicas)
    local USER; USER=$(id -un)
    for name in STATE SERVERS ROOT SUPERVISOR_PORT SUPERVISOR_PASSWORD PORT USER; do
        text=${text//"@$name@"/"${!name}"}
    done
    (umask 077; printf '%s\n' "$text" >"$STATE/supervisord.conf")
}

# a group for each further replica: the same programs under other names
more_replicas() {
    local i
    for ((i = 1; i < REPLICAS; i++)); do
        sed -E "s/^\[group:services\]/[group:replica$i]/; s/^\[program:(.*)\]/[program:\1-$i]/; s|^(command=.* @STATE@ [a-z-]+) |\1/$i |; s|^(stdout_logfile=.*)\.log|\1-$i.log|; /^programs=/s/(,|$)/-$i\1/g" "$ROOT/deploy/rendered/supervisord.services.in"
    done
}

control() { supervisorctl -c "$STATE/supervisord.conf" "$@"; }
supervised() { [ -f "$STATE/supervisord.pid" ] && [ -f "$STATE/supervisord.conf" ] && control pid >/dev/null 2>&1; }

start_servers() {
    if ! supervised; then
        local name
        for name in POSTGRES_PORT RABBIT_PORT MANAGEMENT_PORT DIST_PORT EPMD_PORT SUPERVISOR_PORT; do
            ! listening "${!name}" || die "port ${!name} is taken (needed as $name)" "Choose another with --port N: the stack takes $PORTS."
        done
        rm -f "$STATE/supervisord.pid"
        (apart supervisord -c "$STATE/supervisord.conf") || die "supervisord did not start" "$(tail -n 3 "$STATE/log/supervisord.log" 2>/dev/null)"
        wait_for 10 supervisord supervised || die "supervisord does not answer" "Its log: $STATE/log/supervisord.log"
    else
        { control reread && control update services dashboard replica1 replica2; } >/dev/null 2>&1 || true
    fi
    control start servers: >/dev/null 2>&1 || true
}

postgres_ready() { "$PG_BIN/pg_isready" -q -h 127.0.0.1 -p "$POSTGRES_PORT"; }
rabbit_ready() { curl -fsS -K <(printf 'user = "hotline:%s"\n' "$RABBIT_PASSWORD") "http://127.0.0.1:$MANAGEMENT_PORT/api/health/checks/port-listener/$RABBIT_PORT"; }
await_servers() {
    wait_for 30 PostgreSQL postgres_ready || die "PostgreSQL did not start" "$(tail -n 5 "$STATE/log/postgres.log")" "Its log: $STATE/log/postgres.log"
    wait_for 60 RabbitMQ rabbit_ready || die "RabbitMQ did not start" "$(tail -n 5 "$STATE/log/rabbitmq.log")" "Its log: $STATE/log/rabbitmq.log and $SERVERS/rabbitmq/log"
}

# nobody but the administrator has any business in the databases that PostgreSQL brings along
close_databases() {
    PGPASSWORD=$POSTGRES_PASSWORD "$PG_BIN/psql" -qX -h 127.0.0.1 -p "$POSTGRES_PORT" -U hotline -d postgres -c 'revoke connect on database postgres, template1 from public' \
        >"$STATE/log/close-databases.log" 2>&1 || die "PostgreSQL's own databases cannot be closed" "$(tail -n 3 "$STATE/log/close-databases.log")"
}

# Ends supervisord and with it everything it started, by its own pid
stop_stack() {
    # a pid file that outlived a reboot may name somebody else's process: only one that answers with our password is ours
    if ! supervised; then rm -f "$STATE/supervisord.pid"; return; fi
    local pid; pid=$(cat "$STATE/supervisord.pid")
    control stop services: replica1: replica2: >/dev/null 2>&1 || true
    control shutdown >/dev/null 2>&1 || true
    wait_for 60 shutdown bash -c "! kill -0 $pid" || die "supervisord (pid $pid) does not end" "Its log: $STATE/log/supervisord.log"
    rm -f "$STATE/supervisord.pid"
}
