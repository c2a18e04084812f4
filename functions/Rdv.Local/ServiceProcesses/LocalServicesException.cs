namespace Rdv.Local.ServiceProcesses;

/// <summary>The storage emulator or the mail catcher could not be started.</summary>
public sealed class LocalServicesException : Exception
{
    public LocalServicesException()
    {
    }

    public LocalServicesException(string message)
        : base(message)
    {
    }

    public LocalServicesException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
