namespace Rdv.Local.ServiceProcesses;

/// <summary>Ports on the loopback; 0 asks for any free one, or says that the service does not run.</summary>
internal sealed record ServicePorts(int Table, int Blob, int Smtp, int MailWeb)
{
    public static ServicePorts Any { get; } = new(0, 0, 0, 0);

    public static ServicePorts Usual { get; } = new(10002, 10000, 1025, 1080);
}
