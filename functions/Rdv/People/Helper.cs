namespace Rdv.People;

/// <summary>A relative or a social worker who is told too, because the citizen agreed.</summary>
public sealed record Helper(string Name, PhoneNumber Phone)
{
    public override string ToString() => $"Helper {Phone}";
}
