# Builds what deploy/up runs: all services into one folder, what they share compiled once. Sourced after common.sh by deploy/up.
STACK=$ROOT/deploy/Hotline.Stack
BUILD_LOG=$STATE/log/build.log

# Changes with everything that the build reads, and with whether it compiles ahead; the tools are no part of it
source_stamp() {
    (cd "$ROOT" && { find src deploy/Hotline.Stack deploy/rendered Directory.Build.props Directory.Packages.props global.json -type f \
        -not -path '*/bin/*' -not -path '*/obj/*' -not -path 'src/Hotline.Tools/*' -printf '%T@ %s %p\n' | sort; echo "${PublishReadyToRun:-}"; } | sha1sum | cut -d' ' -f1)
}

# build_stack: into deploy/Hotline.Stack/bin/stack. One at a time, whatever state folders they are for, until install_stack has it
build_stack() {
    mkdir -p "$STACK/obj"
    exec 7>"$STACK/obj/lock"
    flock -n 7 || { say "waiting for another build of these sources"; flock 7; }
    end_orphan
    forget_unfinished
    rm -rf "$STACK/bin/stack" "$ROOT"/src/*/bin/Release/net10.0/publish # the console's files carry a hash in their names: older ones would pile up
    trap 'stop_build' EXIT; trap 'exit 130' INT; trap 'exit 143' TERM HUP
    (apart setsid dotnet msbuild "$STACK/publish.proj" -restore -m -nologo -v:minimal -tl:off -nodeReuse:false -p:Configuration=Release) \
        >"$BUILD_LOG" 2>&1 </dev/null &
    BUILDER=$!
    echo "$BUILDER" >"$STACK/obj/unfinished"
    tell_progress "$BUILDER"
    local code=0; wait "$BUILDER" || code=$?
    BUILDER=
    # one that ended by itself, well or not, leaves nothing half done
    [ $code -ge 128 ] || rm -f "$STACK/obj/unfinished"
    [ $code = 0 ] || die "the build failed" "$(grep -m 5 -E 'error|Error' "$BUILD_LOG" || tail -n 5 "$BUILD_LOG")" "The whole output: $BUILD_LOG"
    trap - EXIT INT TERM HUP
}

BUILDER=
# A build whose deploy/up ends must not go on by itself, for the next one would meet it
stop_build() { [ -z "$BUILDER" ] || kill -TERM -- "-$BUILDER" 2>/dev/null || true; }
end_orphan() {
    local pid; pid=$(cat "$STACK/obj/unfinished" 2>/dev/null) || return 0
    [[ $pid =~ ^[0-9]+$ ]] && tr '\0' ' ' <"/proc/$pid/cmdline" 2>/dev/null | grep -qF "$STACK/publish.proj" || return 0
    say "ending a build whose deploy/up was killed"
    kill -TERM -- "-$pid" 2>/dev/null || true
    wait_for 20 "" ended "$pid" || kill -KILL -- "-$pid" 2>/dev/null || true
}
ended() { ! kill -0 "$1" 2>/dev/null; }

# A build that did not end may leave half a file that is newer than what it is made of, so that every later one takes it for done
# (seen: the linker's System.Private.CoreLib.dll, "Image is too small"): what it was making is made anew
forget_unfinished() {
    [ -f "$STACK/obj/unfinished" ] || return 0
    say "the last build did not end: what it left is built anew"
    rm -rf "$ROOT"/src/*/obj/Release "$ROOT"/src/*/bin/Release "$STACK/obj/Release" "$STACK/bin"
}

# tell_progress PID: a line whenever something was built, until the process ends
tell_progress() {
    local now said='' next=0
    while kill -0 "$1" 2>/dev/null; do
        now=$(progress)
        if [ "$now" != "$said" ] && { [[ $now != *' packages'* ]] || [ $SECONDS -ge $next ]; }; then say "$now"; said=$now next=$((SECONDS + 10)); fi
        sleep 1
    done
}

# One line: how far the build is, by what it said
progress() {
    local built total last ahead console=
    ! grep -q 'Optimizing assemblies for size' "$BUILD_LOG" || console='; linking the console'
    if ahead=$(grep -m 1 -oP '^\s*compiling ahead: \K[0-9]+' "$BUILD_LOG"); then
        built=$(find "$STACK/obj/Release" -path '*/R2R/*.dll' -newer "$STACK/obj/unfinished" 2>/dev/null | wc -l)
        echo "compiled ahead $((built / 10 * 10)) of $ahead packages and services$console"; return
    fi
    built=$(grep -cE '^\s*Hotline\.\w+ -> .*\.dll$' "$BUILD_LOG") || { echo "restoring packages"; return; }
    total=$(grep -c '"projectName"' "$STACK/obj/Hotline.Stack.csproj.nuget.dgspec.json" 2>/dev/null || echo '?')
    last=$(grep -oP '^\s*\KHotline\.\w+(?= -> .*\.dll$)' "$BUILD_LOG" | tail -n 1)
    echo "built $built of $total: $last$console"
}

# install_stack: what was built into the state folder. app/bin has the assemblies, app/SERVICE the files that browsers ask that service for
install_stack() {
    local service published
    rm -rf "$STATE/app" && mkdir -p "$STATE/app"
    cp -r "$STACK/bin/stack/bin" "$STATE/app/bin"
    for service in "${SERVICES[@]}"; do
        mkdir "$STATE/app/$service"
        published=$ROOT/src/$(dll_of "$service")/bin/Release/net10.0/publish
        [ ! -d "$published/wwwroot" ] || cp -r "$published/wwwroot" "$STATE/app/$service/"
        ! ls "$published"/*.staticwebassets.endpoints.json >/dev/null 2>&1 || cp "$published"/*.staticwebassets.endpoints.json "$STATE/app/bin/"
    done
    exec 7>&-
}
