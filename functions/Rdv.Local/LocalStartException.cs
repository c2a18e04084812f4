namespace Rdv.Local;

/// <summary>Rdv.Local cannot start as it was asked to; the message is for the person who asked.</summary>
public sealed class LocalStartException : Exception
{
    public LocalStartException()
    {
    }

    public LocalStartException(string message)
        : base(message)
    {
    }

    public LocalStartException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
