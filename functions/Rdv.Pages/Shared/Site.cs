namespace Rdv.Pages.Shared;

/// <summary>What every page says of the service.</summary>
public sealed record Site(string HotlinePhone, string Hours, string Cost)
{
    /// <summary>Of the service. "Rendez-vous numérique" would read as an appointment online.</summary>
    public const string Name = "Conseiller numérique";

    private const char NoBreakSpace = '\u00a0';

    /// <summary>The number on one line, however narrow the screen.</summary>
    public string Phone => HotlinePhone.Replace(' ', NoBreakSpace);

    public string PhoneAddress => "tel:" + string.Concat(HotlinePhone.Where(character => char.IsAsciiDigit(character) || character == '+'));
}
