# The Aspire dashboard beside the services: traces, metrics and logs of all of them. Sourced after servers.sh and settings.sh by deploy/up.

# Where telemetry goes somewhere else (OTEL_EXPORTER_OTLP_ENDPOINT is set) it would be empty, and is not started
dashboard_wanted() { $DASHBOARD && [ -z "$(local_setting OTEL_EXPORTER_OTLP_ENDPOINT)" ]; }

# Restores its package and lays it into the state folder; it is run as it comes, so that it starts while the services are built
fetch_dashboard() {
    local version folder log=$STATE/log/dashboard-restore.log
    version=$(grep -oP '<AspireVersion>\K[^<]+' "$ROOT/Directory.Packages.props")
    [ "$(cat "$STATE/dashboard/version" 2>/dev/null)" != "$version" ] || return 0
    (cd "$ROOT" && apart dotnet build deploy/Hotline.Dashboard -t:TellFolder -v:minimal -tl:off -nologo -nodeReuse:false) >"$log" 2>&1 || return 1
    folder=$(grep -m 1 -oP '^\s*dashboard: \K.*' "$log") && [ -x "$folder/Aspire.Dashboard" ] || return 1
    rm -rf "$STATE/dashboard/app" && mkdir -p "$STATE/dashboard"
    cp -al "$folder" "$STATE/dashboard/app" 2>/dev/null || { rm -rf "$STATE/dashboard/app"; cp -r "$folder" "$STATE/dashboard/app"; }
    echo "$version" >"$STATE/dashboard/version"
}

# Its settings, in a file that only its owner can read. Its log says nothing below warnings: it would say the token
write_dashboard() {
    mkdir -p "$STATE/dashboard"
    (umask 077
    cat >"$STATE/dashboard/settings.json" <<JSON
{
  "AllowedHosts": "localhost;127.0.0.1",
  "Logging": { "LogLevel": { "Default": "Warning" } },
  "Dashboard": {
    "ApplicationName": "Hotline",
    "Frontend": { "EndpointUrls": "http://127.0.0.1:$DASHBOARD_PORT", "AuthMode": "BrowserToken", "BrowserToken": "$DASHBOARD_TOKEN" },
    "Otlp": { "GrpcEndpointUrl": "http://127.0.0.1:$OTLP_PORT", "AuthMode": "ApiKey", "PrimaryApiKey": "$OTLP_KEY" },
    "Mcp": { "Disabled": true },
    "TelemetryLimits": { "MaxLogCount": 5000, "MaxTraceCount": 2000, "MaxMetricsCount": 5000 }
  }
}
JSON
    )
}

# dashboard_settings: what the services are told of it
dashboard_settings() {
    ! dashboard_wanted || printf '%s\n' "OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:$OTLP_PORT" "OTEL_EXPORTER_OTLP_HEADERS=x-otlp-api-key=$OTLP_KEY" "Dashboard__Url=http://127.0.0.1:$DASHBOARD_PORT"
}

# start_dashboard: a platform is none the worse without it, so what goes wrong is a warning
start_dashboard() {
    if ! dashboard_wanted; then control stop dashboard >/dev/null 2>&1 || true; return 0; fi
    if ! fetch_dashboard; then
        warn "the dashboard's package cannot be restored: going on without it" "$(grep -m 1 -oE 'error.*' "$STATE/log/dashboard-restore.log" | cut -c1-300)"
        return 0
    fi
    local before; before=$(cat "$STATE/dashboard/settings.json" 2>/dev/null || true)
    write_dashboard
    if [[ $(control status dashboard 2>/dev/null) != *RUNNING* ]]; then
        ! listening "$DASHBOARD_PORT" && ! listening "$OTLP_PORT" || { warn "port $DASHBOARD_PORT or $OTLP_PORT is taken: going on without the dashboard"; return 0; }
        control start dashboard >/dev/null 2>&1 || true
    elif [ "$before" != "$(cat "$STATE/dashboard/settings.json")" ]; then
        control restart dashboard >/dev/null 2>&1 || true
    fi
}
dashboard_ready() { curl -fsS "http://127.0.0.1:$DASHBOARD_PORT/login"; }
