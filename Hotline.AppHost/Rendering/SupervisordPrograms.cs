using Hotline.AppHost.Description;

namespace Hotline.AppHost.Rendering;

/// <summary>The services as supervisord's programs. deploy/up fills in @NAMES@, and makes a group for each further replica.</summary>
public static class SupervisordPrograms
{
    /// <summary>deploy/rendered/supervisord.services.in.</summary>
    public static string Render(Platform platform) => $"""
        ; {RenderedFiles.Origin}
        [group:services]
        programs={string.Join(',', platform.Services.Select(s => s.Name))}

        {string.Join("\n", platform.Services.Select(Program))}
        """;

    // the gateway last: it is the door
    private static string Program(ServiceDescription service) => $"""
        [program:{service.Name}]
        command=@ROOT@/deploy/lib/run-service @STATE@ {service.Name} {service.Project}
        priority={(service.IsPublic ? 110 : 100)}
        autostart=false
        autorestart=true
        stopwaitsecs=30
        redirect_stderr=true
        stdout_logfile=@STATE@/log/{service.Name}.log
        stdout_logfile_maxbytes=10MB

        """;
}
