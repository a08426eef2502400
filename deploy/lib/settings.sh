# Settings of the services: where they come from, and that none is lost or ignored in silence. Sourced after common.sh by deploy/up.

# kind_of KEY: yours, kept, ours, or nothing where no service knows it; see deploy/rendered/settings
kind_of() {
    local key=$1 kind pattern
    [[ $key =~ ^(.+)__[0-9]+$ ]] && key=${BASH_REMATCH[1]} # one of a list
    while read -r kind pattern; do
        # shellcheck disable=SC2053
        [[ $kind == '#' ]] || [[ $key != $pattern ]] || { echo "$kind"; return; }
    done <"$ROOT/deploy/rendered/settings"
}

# A variable that is meant for the services, or was: it has a section that some setting has
is_meant() { [[ $1 == OTEL_* ]] || { [[ $1 =~ ^[A-Za-z0-9]+__ ]] && grep -qE "^(yours|kept|ours) +${BASH_REMATCH[0]}" "$ROOT/deploy/rendered/settings"; }; }

# check_setting KEY WHERE: ends where it cannot be set, warns where nobody would heed it
check_setting() {
    case $(kind_of "$1") in
        ours) die "$1 ($2) cannot be set for the local stack" "deploy/up makes it from the state folder. Take it out.";;
        yours|kept) ;;
        *) warn "$1 ($2) is no setting that a service knows; is it misspelt?" "$(grep -oE " ${1%%__*}__\w+" "$ROOT/deploy/rendered/settings" | xargs -r echo Known:)";;
    esac
}

# local_setting KEY: what local.env says, the last one if twice
local_setting() { sed -n "s/^$1=//p" "$STATE/local.env" 2>/dev/null | tail -n 1; }

# put_setting KEY VALUE: into local.env; without a value it is taken out
put_setting() {
    (umask 077
    { grep -v "^$1=" "$STATE/local.env" 2>/dev/null || true; [ -z "$2" ] || printf '%s=%s\n' "$1" "$2"; } >"$STATE/local.env.new" && mv "$STATE/local.env.new" "$STATE/local.env")
}

# What local.env says is checked; what the environment says is kept there, so that it holds the next time too (an empty value takes it out).
# Nothing is changed before all of it was found good.
keep_settings() {
    local line number=0 key value kept=()
    declare -A given=()
    touch "$STATE/local.env" && chmod 600 "$STATE/local.env"
    while IFS= read -r line || [ -n "$line" ]; do
        number=$((number + 1))
        [[ $line =~ ^[[:space:]]*(#|$) ]] && continue
        [[ $line =~ ^[A-Za-z][A-Za-z0-9_.-]*= ]] || die "line $number of $STATE/local.env is not KEY=VALUE: ${line%%=*}" "For example: Dispatch__OfferLasts=00:10:00"
        [[ $line =~ =[\"\'] ]] && die "line $number of $STATE/local.env has its value in quotes: ${line%%=*}" "Values are taken as they are: leave the quotes out."
        [[ $line != *$'\r' ]] || die "$STATE/local.env has line ends of Windows" "Save it with line ends of Unix."
        check_setting "${line%%=*}" "line $number of $STATE/local.env"
    done <"$STATE/local.env"
    while IFS= read -r -d '' line; do
        key=${line%%=*} value=${line#*=}
        is_meant "$key" && { [ -n "$value" ] || [ "$(kind_of "$key")" = yours ]; } || continue
        check_setting "$key" "in the environment"
        [[ $value != *$'\n'* ]] || die "$key (in the environment) has several lines"
        [ "$(kind_of "$key")" != yours ] || given[$key]=$value
    done < <(env -0)
    check_hash_key
    local url first=
    PUBLIC_URL=
    for key in "${PUBLIC_URL_SETTINGS[@]}"; do
        url=${given[$key]-$(local_setting "$key")}
        [ -n "$url" ] || continue
        [ "${PUBLIC_URL:-$url}" = "$url" ] || die "$first ($PUBLIC_URL) and $key ($url) differ" "Both are the gateway's URL as browsers and clients see it: set one of them."
        PUBLIC_URL=$url first=$key
    done
    PUBLIC_URL=${PUBLIC_URL:-http://localhost:$PORT}

    put_secret PHONE_HASH_KEY "$HASH_KEY"
    for key in "${!given[@]}"; do
        [ "$(local_setting "$key")" = "${given[$key]}" ] || { put_setting "$key" "${given[$key]}"; kept+=("$key"); }
    done
    [ ${#kept[@]} -eq 0 ] || say "kept in local.env from the environment: ${kept[*]}"
}

# The key by which phone numbers are found is the one that the platform began with, wherever that came from
check_hash_key() {
    local given kept=
    given=${PersonalData__HashKey:-$(local_setting PersonalData__HashKey)}
    # until now the last one that was given held, and nothing kept it
    [ ! -f "$STATE/services.env" ] || kept=$(sed -n 's/^PersonalData__HashKey=//p' "$STATE/services.env" | tail -n 1)
    [ -n "$kept" ] || [ ! -f "$STATE/secrets" ] || kept=$(sed -n 's/^PHONE_HASH_KEY=//p' "$STATE/secrets")
    # without credentials there has been no platform yet, and nothing to find
    if [ -f "$STATE/credentials.json" ] && [ -n "$kept" ] && [ -n "$given" ] && [ "$given" != "$kept" ]; then
        die "PersonalData__HashKey is not the one that this platform began with" \
            "The phone numbers of all requests are found by it; with another one none of them would be." "Leave it out: the platform keeps its own in $STATE/secrets."
    fi
    given=${given:-$kept}
    [ -z "$given" ] || [ ${#given} -ge 32 ] || die "PersonalData__HashKey is shorter than 32 characters"
    HASH_KEY=${given:-$(secret)}
}

# put_secret NAME VALUE: into the file of secrets
put_secret() {
    (umask 077
    { grep -v "^$1=" "$STATE/secrets" 2>/dev/null || true; printf '%s=%s\n' "$1" "$2"; } >"$STATE/secrets.new" && mv "$STATE/secrets.new" "$STATE/secrets")
}

# The settings of all services, in one private file: what deploy/up makes, then what local.env says. SETTINGS_CHANGED tells whether they did
write_settings() {
    local service i
    SETTINGS_CHANGED=false
    (umask 077
    {
        fill "$(grep -v '^#' "$ROOT/deploy/rendered/services.env.in")"
        for service in "${SERVICES[@]}"; do
            for ((i = 0; i < REPLICAS; i++)); do echo "services__${service}__http__$i=http://127.0.0.1:$(port_of "$service" $i)"; done
        done
        [ "$REPLICAS" = 1 ] || echo "Shutdown__DrainFor=00:00:04"
        [ "$REPLICAS" = 1 ] || echo "Database__MaxPoolSize=$((28 / REPLICAS))"
        dashboard_settings
        grep -vE '^\s*(#|$)|^PersonalData__HashKey=' "$STATE/local.env" || true
    } >"$STATE/services.env.new")
    cmp -s "$STATE/services.env.new" "$STATE/services.env" || SETTINGS_CHANGED=true
    mv "$STATE/services.env.new" "$STATE/services.env"
}

# fill TEXT: puts the variables of this shell in the place of their @NAMES@; in no command line, for some are secrets
fill() {
    local text=$1 name
    while [[ $text =~ @([A-Z_]+)@ ]]; do name=${BASH_REMATCH[1]}; text=${text//"@$name@"/"${!name}"}; done
    printf '%s\n' "$text"
}
