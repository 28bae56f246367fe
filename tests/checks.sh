# What whole-system tests say with; to be sourced. Each test is a function; inside it every check that does not hold is a
# line, and the test goes on, so that one run tells everything.
# shellcheck shell=bash
tests_passed=0 tests_failed=0

# run_test NAME FUNCTION
run_test() {
    local started=$SECONDS
    broken=0
    "$2" || broken=1
    if [ "$broken" -eq 0 ]; then
        tests_passed=$((tests_passed + 1))
        printf 'ok      %s (%d s)\n' "$1" $((SECONDS - started))
    else
        tests_failed=$((tests_failed + 1))
        printf 'FAILED  %s (%d s)\n' "$1" $((SECONDS - started))
    fi
}

finish_tests() {
    say "$tests_passed passed, $tests_failed failed"
    [ "$tests_failed" -eq 0 ] && [ "$tests_passed" -gt 0 ]
}

not_so() {
    printf '        %s\n' "$*"
    broken=1
}

# equals WHAT ACTUAL EXPECTED
equals() { [ "$2" = "$3" ] || not_so "$1: $2, expected: $3"; }

# matches WHAT ACTUAL REGULAR-EXPRESSION
matches() { [[ $2 =~ $3 ]] || not_so "$1: ${2:0:300}, expected: $3"; }

# exits_with CODE COMMAND...: and keeps its output in `output`.
exits_with() {
    local expected=$1 code=0
    shift
    output=$("$@" 2>&1) || code=$?
    [ "$code" -eq "$expected" ] || not_so "$*: exit code $code, expected $expected: ${output:0:300}"
}

# eventually SECONDS COMMAND...
eventually() { wait_until "$@" || not_so "not within $1 s: ${*:2}"; }

field() { jq -r "$1" <<<"$2"; }
