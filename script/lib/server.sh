# A server of our own for measuring, and somebody signed in to it.

server_pid=
base=
cookie=
token=

# start_server DATABASE: sets base; prints the milliseconds to the first answer.
start_server() {
    local database=$1 port began
    port=$((20000 + RANDOM % 12000))
    base=http://127.0.0.1:$port
    began=$(now_ms)
    DATABASE_URL=$database "$touchstone" demo --port "$port" >"$work/server.log" 2>&1 &
    server_pid=$!
    until curl -sf -o /dev/null "$base/health"; do
        kill -0 "$server_pid" 2>/dev/null || { cat "$work/server.log" >&2; return 1; }
        (($(now_ms) - began < 60000)) || { echo 'the server does not answer' >&2; return 1; }
        sleep 0.002
    done
    first_answer=$(($(now_ms) - began))
}

stop_server() {
    [[ -n $server_pid ]] || return 0
    kill "$server_pid" 2>/dev/null || true
    wait "$server_pid" 2>/dev/null || true
    server_pid=
}

# sign_in: as the demo register's procurement officer; sets cookie and token. curl would keep back
# the cookies, which are marked Secure, so they are read from the headers.
sign_in() {
    local line email password page visit
    line=$(grep -m 1 'procurement officer' "$work/server.log")
    email=$(awk '{ print $3 }' <<<"$line")
    password=$(sed "s/.*$email *//" <<<"$line")
    page=$(curl -s -D "$work/headers" "$base/sign-in")
    visit=$(cookies)
    curl -s -o /dev/null -D "$work/headers" -H "Cookie: $visit" \
        --data-urlencode "_token=$(token_in "$page")" --data-urlencode "email=$email" \
        --data-urlencode "password=$password" "$base/sign-in"
    cookie=$(cookies | grep -o '__Host-session=[^;]*') || { echo 'signing in failed' >&2; return 1; }
    token=$(token_in "$(curl -s -H "Cookie: $cookie" "$base/suppliers/new")")
    [[ -n $token ]] || { echo 'the form has no token' >&2; return 1; }
}

cookies() {
    sed -n 's/^[Ss]et-[Cc]ookie: \([^;]*\);.*/\1/p' "$work/headers" | paste -sd ';' | sed 's/;/; /g'
}

token_in() {
    grep -o 'name="_token" value="[^"]*"' <<<"$1" | head -n 1 | sed 's/.*value="//; s/"$//'
}

# memory FIELD: VmRSS or VmHWM of the server, in MB.
memory() {
    awk -v field="$1:" '$1 == field { printf "%.0f", $2 / 1024 }' "/proc/$server_pid/status"
}

now_ms() {
    local now=${EPOCHREALTIME/[.,]/}
    echo $((now / 1000))
}
