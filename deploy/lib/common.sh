# Shared by the commands in deploy/. Sourced, not run.
set -euo pipefail

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
REPLICAS=1
STATE=${HOTLINE_STATE:-$ROOT/.hotline}
PORT=${HOTLINE_PORT:-8080}
. "$ROOT/deploy/rendered/services.sh" # which services there are, and what each needs
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1 MASSTRANSIT_USAGE_TELEMETRY=false

if [ -t 1 ]; then BOLD=$'\e[1m' DIM=$'\e[2m' RED=$'\e[31m' GREEN=$'\e[32m' PLAIN=$'\e[0m'; else BOLD='' DIM='' RED='' GREEN='' PLAIN=''; fi
STARTED=$SECONDS

say() { printf '%s[%3ds]%s %s\n' "$DIM" $((SECONDS - STARTED)) "$PLAIN" "$*"; }
warn() { printf '%swarning:%s %s\n' "$BOLD" "$PLAIN" "$1" >&2; shift; for line in "$@"; do [ -z "$line" ] || printf '         %s\n' "$line" >&2; done; }
die() { printf '%serror:%s %s\n' "$RED$BOLD" "$PLAIN" "$1" >&2; shift; for line in "$@"; do printf '       %s\n' "$line" >&2; done; exit 1; }

# Ports follow from the gateway's: one number moves the whole stack.
use_port() {
    PORT=$1
    [[ $PORT =~ ^[0-9]+$ ]] && [ "$PORT" -ge 1024 ] && [ "$PORT" -le 65000 ] || die "--port must be a number from 1024 to 65000, not '$PORT'"
    POSTGRES_PORT=$((PORT + 20)) RABBIT_PORT=$((PORT + 21)) MANAGEMENT_PORT=$((PORT + 22)) DIST_PORT=$((PORT + 23)) EPMD_PORT=$((PORT + 24))
    SUPERVISOR_PORT=$((PORT + 25)) DASHBOARD_PORT=$((PORT + 26)) OTLP_PORT=$((PORT + 27))
}
PORTS="N to N+$((${#SERVICES[@]} - 1)) and N+20 to N+27" # of the stack, for messages
# port_of SERVICE [REPLICA]: the first replica is 0
port_of() { echo $((PORT + 30 * ${2:-0} + ${PORT_OFFSET_OF[$1]:?no service $1})); }
dll_of() { echo "${PROJECT_OF[$1]:?no service $1}"; }
listening() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }
secret() { od -An -N24 -tx1 /dev/urandom | tr -d ' \n'; }
as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }

# apart COMMAND...: in place of this (sub)shell and without its open files: what goes on running would hold somebody's lock, or keep a pipe open
apart() {
    local fd
    for fd in /proc/"$BASHPID"/fd/*; do fd=${fd##*/}; [ "$fd" -le 2 ] || eval "exec $fd>&-"; done
    exec "$@"
}

# wait_for SECONDS WHAT COMMAND...: until the command succeeds
wait_for() {
    local limit=$((SECONDS + $1)) what=$2; shift 2
    until "$@" >/dev/null 2>&1; do
        [ $SECONDS -lt $limit ] || return 1
        sleep 0.2
    done
}

# Debian's packages that the stack runs on; installing them starts nothing of ours
need_packages() {
    local missing=() package
    for package in "$@"; do dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package"); done
    [ ${#missing[@]} -eq 0 ] && return
    command -v apt-get >/dev/null || die "missing: ${missing[*]}" "This needs Debian or Ubuntu with apt-get; install them by hand elsewhere."
    if [ "$(id -u)" != 0 ] && ! sudo -n true 2>/dev/null && ! [ -t 0 ]; then
        die "missing packages: ${missing[*]}, and no rights to install them" "Run once as root: apt-get install ${missing[*]}"
    fi
    say "installing ${missing[*]}"
    mkdir -p "$STATE/log"
    { as_root apt-get update -qq && as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"; } >"$STATE/log/apt.log" 2>&1 \
        || die "could not install ${missing[*]}" "$(tail -n 3 "$STATE/log/apt.log")" "The whole output: $STATE/log/apt.log"
}

need_dotnet() {
    command -v dotnet >/dev/null || die "the .NET SDK is missing" "Install .NET SDK 10 (https://learn.microsoft.com/dotnet/core/install/linux) and put dotnet on the PATH."
    (cd "$ROOT" && dotnet --version >/dev/null 2>&1) || die "no .NET SDK that fits global.json" "Needed: $(grep -o '"version": *"[^"]*"' "$ROOT/global.json"); installed: $(dotnet --list-sdks 2>/dev/null | tr '\n' ' ')"
}

# build_tool FOLDER: builds a project that is run from where it is built. Two at once would build into the same folder
build_tool() {
    mkdir -p "$STATE/log"
    (exec 8>"$STATE/tool.lock"; flock 8
    (apart dotnet build "$ROOT/$1" -c Release -v quiet -clp:NoSummary) >"$STATE/log/tool-build.log" 2>&1) || die "the build of ${1##*/} failed" "$(grep -m 3 error "$STATE/log/tool-build.log")"
}

# run_tool COMMAND OPTION...: a command of src/Hotline.Tools, for the platform whose state folder is $STATE, in place of this process
run_tool() {
    [ -r "$STATE/credentials.json" ] || die "no credentials in $STATE" "Start the platform first: deploy/up"
    need_dotnet
    build_tool src/Hotline.Tools
    exec dotnet "$ROOT/src/Hotline.Tools/bin/Release/net10.0/Hotline.Tools.dll" "$@"
}
