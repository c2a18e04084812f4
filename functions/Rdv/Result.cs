using System.Diagnostics.CodeAnalysis;

namespace Rdv;

/// <summary>What a use case answers: a value, or why not.</summary>
public sealed class Result<T>
{
    private readonly T? _value;

    private Result(T? value, Refusal? refusal) => (_value, Refusal) = (value, refusal);

    /// <summary>Null when it was done.</summary>
    public Refusal? Refusal { get; }

    /// <summary>The value of what was done.</summary>
    /// <exception cref="InvalidOperationException">It was refused.</exception>
    public T Value => Refusal is null ? _value! : throw new InvalidOperationException($"Refused: {Refusal.GetType().Name}.");

    public bool Succeeded([NotNullWhen(true)] out T? value)
    {
        value = _value;
        return Refusal is null;
    }

    public Result<TOther> Map<TOther>(Func<T, TOther> map) => Refusal is null ? map(_value!) : Refusal;

    /// <summary>Goes on unless it was refused.</summary>
    public Task<Result<TOther>> ThenAsync<TOther>(Func<T, Task<Result<TOther>>> next) =>
        Refusal is null ? next(_value!) : Task.FromResult<Result<TOther>>(Refusal);

    public TOut Match<TOut>(Func<T, TOut> done, Func<Refusal, TOut> refused) => Refusal is null ? done(_value!) : refused(Refusal);

#pragma warning disable CA2225 // A use case returns what it has.
    public static implicit operator Result<T>(T value) => new(value, null);

    public static implicit operator Result<T>(Refusal refusal) => new(default, refusal);
#pragma warning restore CA2225
}
