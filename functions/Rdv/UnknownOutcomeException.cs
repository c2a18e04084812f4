namespace Rdv;

/// <summary>Storage was lost after a write had left, and did not come back in time: it may have been done.</summary>
public sealed class UnknownOutcomeException : Exception
{
    public UnknownOutcomeException()
    {
    }

    public UnknownOutcomeException(string message)
        : base(message)
    {
    }

    public UnknownOutcomeException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
