# The API against its own document: schemathesis makes requests from it, good and bad ones, and
# compares every answer with what the document promises. Only one check is left out: that whatever
# fits the document is accepted. The register's rules know more than a schema can say (check digits,
# names of regions, versions).

readonly SCHEMATHESIS=4.32.5
# The same requests each time. Another seed finds other things: contract_seed=$RANDOM script/test
readonly contract_seed=${contract_seed:-20261124}
# Cases per operation: all of them on SQLite, fewer on PostgreSQL, where only what lies under the rules differs.
readonly CONTRACT_EXAMPLES=60
readonly CONTRACT_EXAMPLES_AGAIN=20
# Seconds for one run, after which something hangs.
readonly CONTRACT_PATIENCE=360
# Cases over both databases, at least: fewer would mean that something was not tested.
readonly CONTRACT_CASES=2000

contract_dir=
contract_pid=
contract_cases=0

# contract_tests: the API of a demo register on SQLite and on PostgreSQL.
contract_tests() (
    set -euo pipefail
    trap 'stop_contract_server; stop_postgres; rm -rf "$contract_dir"' EXIT
    trap 'exit 130' INT TERM
    contract_dir=$(mktemp -d)
    need_schemathesis
    # The program of the tests: for itself alone it would be compiled anew, with what it is made of.
    cargo test --locked --no-run --test all
    echo 'On SQLite'
    check_contract "$contract_dir/register.db" "$CONTRACT_EXAMPLES"
    echo 'On PostgreSQL'
    start_postgres
    check_contract "$postgres_url" "$CONTRACT_EXAMPLES_AGAIN"
    echo "Contract: $contract_cases cases"
    ((contract_cases >= CONTRACT_CASES)) || { echo 'These are too few.' >&2; exit 1; }
)

need_schemathesis() {
    local venv=target/schemathesis
    if [[ $("$venv/bin/st" --version 2>/dev/null) != *" $SCHEMATHESIS" ]]; then
        python3 -m venv --clear "$venv"
        "$venv/bin/pip" install --quiet --disable-pip-version-check "schemathesis==$SCHEMATHESIS"
    fi
    "$venv/bin/st" --version
}

# What the token of the contract is for: all that a procurement officer can give it.
contract_scopes=suppliers.read,suppliers.write,groups.write,imports.write,reports.read
contract_scopes+=,certification.write,certification.audit
# What only those read who deal with cases.
readonly contract_cases_of_law='^/api/v1/(punishment|evasion)'

# check_contract DATABASE EXAMPLES: adds to contract_cases; fails on any finding.
check_contract() {
    local port project=$PWD
    port=$((20000 + RANDOM % 12000))
    # A key of its own: neither database has one beside it.
    export DATABASE_URL=$1 ROCKET_BASE_URL=http://127.0.0.1:$port
    TOUCHSTONE_KEY=$(head -c 32 /dev/urandom | base64)
    export TOUCHSTONE_KEY
    start_contract_server "$port" "$project"
    hold_to_contract "$2" lin.yue@touchstone.example "$contract_scopes" \
        --workers 2 --exclude-path-regex "$contract_cases_of_law"
    # Who buys finds nothing there. Few operations begin at the same moment, on which Python 3.11 may fail when it
    # has two threads ("AST constructor recursion depth mismatch").
    hold_to_contract "$2" song.yang@touchstone.example punishments.read \
        --workers 1 --include-path-regex "$contract_cases_of_law"
    stop_contract_server
}

# hold_to_contract EXAMPLES EMAIL SCOPES ARGUMENTS: as somebody of the demo register asks.
hold_to_contract() {
    local examples=$1 token log=$contract_dir/schemathesis.log project=$PWD
    token=$(target/debug/touchstone token create --email "$2" --days 1 --scopes "$3")
    shift 3
    # From the folder that goes: it leaves notes where it runs.
    (cd "$contract_dir" && timeout "$CONTRACT_PATIENCE" "$project/target/schemathesis/bin/st" \
        --config-file "$project/script/lib/schemathesis.toml" run \
        "$ROCKET_BASE_URL/api/v1/openapi.json" --header "Authorization: Bearer $token" \
        --exclude-checks positive_data_acceptance --phases examples,coverage,fuzzing,stateful --seed "$contract_seed" \
        --max-examples "$examples" --warnings off --no-color "$@") \
        >"$log" 2>&1 || { cat "$log"; exit 1; }
    sed -n '/= SUMMARY =/,$p' "$log"
    contract_cases=$((contract_cases + $(sed -n 's/^ *\([0-9]*\) generated.*/\1/p' "$log")))
}

# start_contract_server PORT PROJECT: from the folder that goes, where uploads then are, too.
start_contract_server() {
    local tries
    (cd "$contract_dir" && exec "$2/target/debug/touchstone" demo --port "$1") \
        >"$contract_dir/server.log" 2>&1 &
    contract_pid=$!
    for tries in {1..600}; do
        ! curl -sf -o /dev/null "$ROCKET_BASE_URL/health" || return 0
        kill -0 "$contract_pid" 2>/dev/null || break
        sleep 0.1
    done
    cat "$contract_dir/server.log"
    exit 1
}

stop_contract_server() {
    [[ -n $contract_pid ]] || return 0
    kill "$contract_pid" 2>/dev/null || true
    wait "$contract_pid" 2>/dev/null || true
    contract_pid=
}
