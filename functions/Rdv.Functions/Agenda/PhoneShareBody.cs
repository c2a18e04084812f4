namespace Rdv.Functions.Agenda;

/// <summary>How many hours of a hundred a structure keeps for those who telephone.</summary>
public sealed record PhoneShareBody(int? PhoneShare)
{
    public Result<int> Read() => PhoneShare is { } share
        ? share
        : new Refusal.Invalid("phoneShare", "Indiquez la part des heures gardées pour le téléphone : de 0 à 100.");
}
