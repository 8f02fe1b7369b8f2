# Steps of a check run: a heading, the time taken, and a summary at the end.

steps_done=()
steps_left_out=()
step_log=$(mktemp)

# step HEADING COMMAND...: runs the command with its output visible; ends the run when it fails.
step() {
    local heading=$1 began=$SECONDS
    shift
    printf '\n== %s\n' "$heading"
    if ! "$@" 2>&1 | tee "$step_log"; then
        printf '== %s: FAILED after %d s\n' "$heading" $((SECONDS - began))
        steps_done+=("$heading FAILED$(test_counts)")
        exit 1
    fi
    printf '== %s: ok, %d s\n' "$heading" $((SECONDS - began))
    steps_done+=("$heading$(test_counts)")
}

# leave_out HEADING WHY: says what this run does not check.
leave_out() {
    printf '\n== %s: left out (%s)\n' "$1" "$2"
    steps_left_out+=("$1 ($2)")
}

# Adds up the "test result:" lines of the last step; prints nothing when there were none.
test_counts() {
    awk '/^test result:/ { passed += $4; failed += $6; ignored += $8; seen = 1 }
         END { if (!seen) exit
               printf ": %d passed", passed
               if (failed) printf ", %d failed", failed
               if (ignored) printf ", %d ignored", ignored }' "$step_log"
}

# The last line of the run.
summary() {
    local verdict=$1 text
    text=$(join_by '; ' "${steps_done[@]}")
    if ((${#steps_left_out[@]})); then
        text+=". Left out: $(join_by '; ' "${steps_left_out[@]}")"
    fi
    printf '\n%s in %d min %02d s: %s.\n' "$verdict" $((SECONDS / 60)) $((SECONDS % 60)) "$text"
}

join_by() {
    local between=$1 first=${2-}
    shift 2 || return 0
    printf '%s' "$first" "${@/#/$between}"
}
