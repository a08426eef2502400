using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Hotline.Telephony.Ami;

namespace Hotline.Telephony.Tests;

/// <summary>A real Asterisk with a trunk, three numbers, one queue and two seats, all of it on loopback; and phones (sipp) that call and
/// are called. Where it cannot be had, the tests are skipped, and counted as such.</summary>
public sealed class AsteriskPbx : IAsyncLifetime
{
    private static readonly string[] Modules =
    [
        "pbx_config", "res_timing_timerfd", "res_sorcery_config", "res_sorcery_memory", "res_sorcery_astdb", "res_rtp_asterisk",
        "res_musiconhold", "res_pjproject", "res_pjsip", "res_pjsip_session", "res_pjsip_pubsub", "res_pjsip_caller_id",
        "res_pjsip_sdp_rtp", "res_pjsip_refer", "res_pjsip_endpoint_identifier_ip", "res_http_websocket", "res_stasis", "chan_pjsip",
        "codec_ulaw", "codec_alaw", "format_pcm", "format_wav", "bridge_simple", "bridge_builtin_features", "bridge_holding",
        "bridge_native_rtp", "bridge_softmix", "app_dial", "app_queue", "app_chanspy", "app_mixmonitor", "app_senddtmf",
        "func_channel", "func_callerid",
    ];

    private readonly int _sip = Port(), _ami = Port(), _trunk = Port(), _first = Port(), _second = Port();
    private string _root = "", _home = "";
    private Process? _process;

    /// <summary>Why there is none; null where there is one.</summary>
    public string? Missing { get; private set; }

    public int AmiPort => _ami;

    public string QueueLog => Path.Combine(_home, "log/queue_log");

    public async ValueTask InitializeAsync()
    {
        var state = Environment.GetEnvironmentVariable("HOTLINE_TEST_STATE")
            ?? Directory.CreateTempSubdirectory("hotline-asterisk").FullName;
        var folder = Environment.GetEnvironmentVariable("HOTLINE_ASTERISK") ?? Path.Combine(state, "asterisk");
        if (!File.Exists("/usr/bin/sipp")) Missing = "sipp is not installed (package sip-tester)";
        else if (await ProcessRunner.Run("bash", Path.Combine(AppContext.BaseDirectory, "fetch-asterisk"), folder) is ({ } code, var said)
            && code != 0) Missing = $"Asterisk cannot be fetched: {said.Trim().Split('\n').Last()}";
        if (Missing is not null) return;
        (_root, _home) = (Path.Combine(folder, "root"), Path.Combine(state, $"asterisk-{_ami}"));
        if (Environment.IsPrivilegedProcess) await ProcessRunner.Must("chmod", ["755", state]); // nobody must get in
        await Configure();
        await Start();
    }

    /// <summary>Starts it, and waits until it takes calls.</summary>
    public async Task Start()
    {
        var lib = Path.Combine(_root, "usr/lib/x86_64-linux-gnu");
        // as nobody where we are root: it needs no rights
        var drop = Environment.IsPrivilegedProcess ? "setpriv --reuid=65534 --regid=65534 --clear-groups " : "";
        _process = Process.Start("bash", ["-c",
            $"exec {drop}{_root}/usr/lib64/ld-linux-x86-64.so.2 --library-path {lib}:{lib}/pulseaudio {_root}/usr/sbin/asterisk "
            + $"-C {_home}/etc/asterisk.conf -f -n >{_home}/log/console 2>&1 </dev/null"]);
        await Wait.Until(async () =>
        {
            try
            {
                using var ami = await Manager();
                return true;
            }
            catch (IOException)
            {
                return false;
            }
            catch (SocketException)
            {
                return false;
            }
        }, "Asterisk answers", pause: TimeSpan.FromMilliseconds(200));
    }

    /// <summary>kill -9: no hang-up ever comes of it.</summary>
    public async Task Kill()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    /// <summary>As somebody who may do more than the adapter.</summary>
    public Task<AmiConnection> Manager() => AmiConnection.Open("127.0.0.1", _ami, "operator", "right", CancellationToken.None);

    /// <summary>Somebody outside calls.</summary>
    /// <param name="stay">After how long they hang up.</param>
    public Phone Call(string number, string caller, TimeSpan stay) => new("caller", $"-s {number} -key caller {caller} -m 1 "
        + $"-d {stay.TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture)}", _trunk, _sip);

    /// <summary>An operator's phone: answers, rings, holds, transfers.</summary>
    public Phone Seat(string extension, string manner) =>
        new(manner, $"-s {extension} -m 20", extension == "1001" ? _first : _second, _sip);

    /// <summary>Whoever is called outside.</summary>
    public Phone Outside(string manner) => new(manner, "-s outside -m 20", _trunk, _sip);

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false }) await Kill();
    }

    private async Task Configure()
    {
        foreach (var folder in (string[])["etc", "log", "run", "lib", "spool/monitor", "db"])
            Directory.CreateDirectory(Path.Combine(_home, folder));
        var silence = Path.Combine(_home, "lib/silence");
        await File.WriteAllBytesAsync($"{silence}.ulaw", [.. Enumerable.Repeat((byte)0xff, 160)]);
        foreach (var (file, text) in Files(silence)) await File.WriteAllTextAsync(Path.Combine(_home, "etc", file), text);
        if (Environment.IsPrivilegedProcess) await ProcessRunner.Must("chown", ["-R", "nobody", _home]);
    }

    private IEnumerable<(string File, string Text)> Files(string silence)
    {
        yield return ("asterisk.conf", $"""
            [directories]
            astetcdir => {_home}/etc
            astmoddir => {_root}/usr/lib/x86_64-linux-gnu/asterisk/modules
            astvarlibdir => {_home}/lib
            astdbdir => {_home}/db
            astkeydir => {_home}/lib
            astdatadir => {_root}/usr/share/asterisk
            astspooldir => {_home}/spool
            astrundir => {_home}/run
            astlogdir => {_home}/log
            [options]
            systemname = pbx-test
            """);
        yield return ("modules.conf", "[modules]\nautoload=no\n" + string.Concat(Modules.Select(m => $"load = {m}.so\n")));
        yield return ("logger.conf", "[general]\nqueue_log = yes\n[logfiles]\nmessages => notice,warning,error\n");
        yield return ("manager.conf", $"""
            [general]
            enabled = yes
            bindaddr = 127.0.0.1
            port = {_ami}
            timestampevents = yes
            channelvars = DIALLED
            [hotline]
            secret = right
            read = system,call,agent,dialplan
            write = system,call,agent,originate
            [operator]
            secret = right
            read = system,call,dtmf
            write = system,call
            """);
        yield return ("pjsip.conf", $"""
            [global]
            type=global
            [transport]
            type=transport
            protocol=udp
            bind=127.0.0.1:{_sip}
            [trunk]
            type=identify
            endpoint=trunk
            match=127.0.0.1/32

            """ + Endpoint("trunk", "in", _trunk) + Endpoint("1001", "inside", _first) + Endpoint("1002", "inside", _second));
        yield return ("queues.conf", """
            [general]
            [pool]
            strategy = linear
            timeout = 3
            retry = 1
            member => PJSIP/1001
            member => PJSIP/1002
            """);
        yield return ("features.conf", $"""
            [general]
            transferannouncesound = {silence}
            xfersound = {silence}
            xferfailsound = {silence}
            [featuremap]
            blindxfer = #1
            atxfer = *2
            """);
        yield return ("extensions.conf", """
            [in]
            exten => _X.,1,Set(__DIALLED=${EXTEN})
             same => n,QueueLog(pool,${UNIQUEID},NONE,DID,${EXTEN})
             same => n,MixMonitor(${UNIQUEID}.wav)
             same => n,Goto(pool,s,1)
            [pool]
            exten => s,1,Answer()
             same => n,Queue(pool,t)
             same => n,Hangup()
            [inside]
            exten => _10XX,1,Dial(PJSIP/${EXTEN},20)
            [out]
            exten => _X.,1,Dial(PJSIP/${EXTEN}@trunk,30)
            """);
    }

    private static string Endpoint(string name, string context, int port) => $"""
        [{name}]
        type=endpoint
        context={context}
        disallow=all
        allow=ulaw
        aors={name}
        direct_media=no
        [{name}]
        type=aor
        contact=sip:{name}@127.0.0.1:{port}

        """;

    // free for TCP and UDP alike, as far as one can tell
    private static int Port()
    {
        using var tcp = new TcpListener(IPAddress.Loopback, 0);
        tcp.Start();
        var port = ((IPEndPoint)tcp.LocalEndpoint).Port;
        using var udp = new UdpClient(new IPEndPoint(IPAddress.Loopback, port));
        return port;
    }
}

/// <summary>A telephone that does what its scenario says, and is taken away at the end.</summary>
public sealed class Phone : IDisposable
{
    private readonly Process _process;
    private bool _isAway;

    public Phone(string scenario, string words, int port, int pbx)
    {
        var file = Path.Combine(AppContext.BaseDirectory, "Phones", $"{scenario}.xml");
        _process = Process.Start("bash", ["-c",
            $"exec sipp 127.0.0.1:{pbx} -sf {file} {words} -i 127.0.0.1 -p {port} -timeout 60 -nostdin >/dev/null 2>&1 </dev/null"]);
    }

    public void Dispose()
    {
        if (_isAway) return;
        _isAway = true;
        if (!_process.HasExited) _process.Kill();
        _process.Dispose();
    }
}
