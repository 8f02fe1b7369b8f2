# A throw-away PostgreSQL: a temporary folder, a free port; no syncing to disk unless it is measured.

postgres_dir=
postgres_url=

# start_postgres [durable]: sets postgres_url, the address of a server on which each test makes a
# database. With "durable" it syncs every commit, as a server does that keeps something.
start_postgres() {
    local bin port tries speed='-c fsync=off -c synchronous_commit=off -c full_page_writes=off'
    [[ ${1-} != durable ]] || speed=
    bin=$(postgres_bin)
    postgres_dir=$(mktemp -d)
    # initdb refuses to run as root.
    ((EUID != 0)) || chown postgres "$postgres_dir"
    as_postgres "$bin/initdb" --pgdata="$postgres_dir/data" --username=touchstone --auth=trust \
        --encoding=UTF8 --locale=C.UTF-8 --no-sync >"$postgres_dir/initdb.log" 2>&1 ||
        { cat "$postgres_dir/initdb.log"; return 1; }
    # The port is free until it is taken: try again when another process was quicker.
    for tries in 1 2 3 4 5; do
        port=$((20000 + RANDOM % 12000))
        if as_postgres "$bin/pg_ctl" start --silent --wait --timeout=60 \
            --pgdata="$postgres_dir/data" --log="$postgres_dir/server.log" \
            --options="-p $port -h 127.0.0.1 -k $postgres_dir -c max_connections=200 $speed"; then
            postgres_url="postgres://touchstone@127.0.0.1:$port/postgres"
            return 0
        fi
    done
    cat "$postgres_dir/server.log"
    return 1
}

# stop_postgres: safe to call when nothing was started, or twice.
stop_postgres() {
    [[ -n $postgres_dir ]] || return 0
    as_postgres "$(postgres_bin)/pg_ctl" stop --silent --mode=immediate \
        --pgdata="$postgres_dir/data" >/dev/null 2>&1 || true
    rm -rf "$postgres_dir"
    postgres_dir=
}

# From a folder that the user postgres can enter, or it complains about its working folder.
as_postgres() (
    cd "$postgres_dir"
    ((EUID == 0)) || exec "$@"
    exec runuser -u postgres -- "$@"
)
