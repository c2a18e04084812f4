namespace Rdv;

/// <summary>Others wrote the same rows first, to the last attempt: nothing was done.</summary>
public sealed class ContendedException : Exception
{
    public ContendedException()
    {
    }

    public ContendedException(string message)
        : base(message)
    {
    }

    public ContendedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
