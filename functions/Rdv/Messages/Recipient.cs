using Rdv.Ids;

namespace Rdv.Messages;

/// <summary>Who a message is for, without naming a person: <c>citizen</c>, <c>helper</c>, <c>advisor:{id}</c>.</summary>
public readonly record struct Recipient(string Value)
{
    private const string AdvisorPrefix = "advisor:";

    public static Recipient Citizen { get; } = new("citizen");

    public static Recipient Helper { get; } = new("helper");

    public static Recipient Advisor(AdvisorId id) => new(AdvisorPrefix + id.Value);

    public AdvisorId? AdvisorId =>
        Value.StartsWith(AdvisorPrefix, StringComparison.Ordinal) ? new AdvisorId(Value[AdvisorPrefix.Length..]) : null;

    public override string ToString() => Value;
}
