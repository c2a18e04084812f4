using Rdv.Calls;
using Rdv.Directory;
using Rdv.Ids;
using Rdv.Pages.Shared;

namespace Rdv.Pages.Hotline;

/// <param name="Why">Why the hotline calls, in French.</param>
/// <param name="Reference">Of the appointment, when the call is about one.</param>
/// <param name="Waiting">Who waits, when the call is about that.</param>
/// <param name="Tries">Calls that nobody answered; null when there was none.</param>
public sealed record CallItem(string Id, string Name, string Phone, string PhoneAddress, string Why, bool Urgent, string? Tries, string Due, string Sentence, string? Reference, string? Waiting = null)
{
    public static CallItem Of(CallSheet sheet)
    {
        return new CallItem(
            sheet.Id.ToString(),
            sheet.Name,
            sheet.Phone.ToNational(),
            sheet.Phone.Uri,
            sheet.Call.Reason switch
            {
                CallReasons.Urgent => "Annulé au dernier moment",
                CallReasons.Undelivered => "SMS non reçu",
                CallReasons.Unknown => "SMS peut-être non reçu",
                CallReasons.Request => "Demande à être rappelé",
                CallReasons.Freed => "Une place s'est libérée",
                _ => "Numéro sans SMS",
            },
            sheet.Call.Reason == CallReasons.Urgent,
            sheet.Call.Attempts switch
            {
                0 => null,
                1 => "1 appel sans réponse",
                var count => $"{count} appels sans réponse",
            },
            Words.Moment(sheet.Call.DueAt.InZone(sheet.Id.Territory.Zone).LocalDateTime),
            sheet.Sentence,
            sheet.Call.Subject.Reference?.ToString(),
            sheet.Call.Subject.Kind == SubjectKind.Waiting ? sheet.Call.Subject.ToString() : null);
    }

    // A record would print every property: a log line must not carry a person.
    public override string ToString() => Id;
}

/// <summary>The calls to make now, person by person.</summary>
/// <param name="Notice">What came of the call before.</param>
/// <param name="InTrouble">What cannot be shown; null when all is.</param>
public sealed record CallsView(IReadOnlyList<CallItem> Calls, string? Notice, string? InTrouble = null)
{
    /// <summary>What concerns one number stands together, under what was due first: who is called hears it all.</summary>
    public static CallsView Of(CallsFound found, string? notice) => new(
        [.. found.Sheets.GroupBy(sheet => sheet.Phone).SelectMany(person => person).Select(CallItem.Of)],
        notice,
        found.InTrouble.Count == 0 ? null : $"Des appels manquent ici\u00a0: ceux de {found.InTrouble.Codes()} ne se lisent pas pour le moment. Rechargez la page dans une minute.");
}
