using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using NodaTime;
using Rdv.Appointments;
using Rdv.Booking;
using Rdv.Directory;
using Rdv.Directory.Import;
using Rdv.Ids;
using Rdv.Messages;
using Rdv.People;
using Rdv.Sms;
using Rdv.Tests.Infrastructure;
using Rdv.Waiting;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Reminders;

/// <summary>
/// The national file imported, and what people would read of each of its places. Prints the shares and thirty texts:
/// <c>dotnet run --project tests/Rdv.Tests -- -class Rdv.Tests.Reminders.NationalTextsTests -showLiveOutput</c>
/// </summary>
public sealed partial class NationalTextsTests(TableStorage storage, ITestOutputHelper output) : ProductTest(storage)
{
    private static readonly LocalDateTime[] Starts = [new(2026, 11, 24, 9, 30), new(2026, 9, 30, 14, 30)];

    // What says nothing of which body it is.
    private static readonly HashSet<string> Kinds =
    [
        .. "a action agglomeration asso ass assoc association au aux cc ca centre centres com commune communal communaute communes ctre culturel d de departement des du en et intercommunal l la le les locale mairie maison mission mixte pays pour sociale social sociaux socioculturel sur syndicat union ville".Split(' '),
    ];

    [Fact]
    public async Task Nearly_every_place_is_said_by_name_and_street_in_one_segment()
    {
        var directories = await DirectoriesAsync();
        Appointment Booked(TerritoryDirectory directory, Place place, LocalDateTime at) => MessageSamples.Appointment(directory.Territory.Code, at, "06 39 98 12 34") with
        {
            Reference = AppointmentReference.Derive(directory.Territory, place.Id.Value),
            StructureId = place.StructureId,
            PlaceId = place.Id,
        };
        string Write(string kind, Appointment appointment, TerritoryDirectory directory, Recipient recipient) =>
            SmsTexts.For(kind, appointment, directory, MessageSamples.Settings, MessageSamples.Links, recipient);

        // A citizen's first name, "déplacé" and a freed slot are one thing more to say.
        foreach (var (kind, recipient, oneSegment) in new (string, Recipient, double)[]
        {
            (MessageKinds.Confirmation, Recipient.Citizen, 0.95),
            (MessageKinds.Reminder, Recipient.Citizen, 0.95),
            (MessageKinds.Link, Recipient.Citizen, 0.95),
            (MessageKinds.Move, Recipient.Citizen, 0.90),
            (MessageKinds.Confirmation, Recipient.Helper, 0.90),
            (MessageKinds.Reminder, Recipient.Helper, 0.70),
        })
        {
            var shares = Tell($"{kind} to the {recipient}", directories, (directory, place, at) => Write(kind, Booked(directory, place, at), directory, recipient));
            shares.OneSegment.ShouldBeGreaterThanOrEqualTo(oneSegment);
            shares.Named.ShouldBeGreaterThanOrEqualTo(0.99);
            shares.Street.ShouldBeGreaterThanOrEqualTo(0.995);
        }

        Tell("seat in a workshop", directories, (directory, place, at) => Write(
            MessageKinds.Reminder, Booked(directory, place, at) with { Seat = new SeatIn(new WorkshopId("w0123456789abcdef"), "Découvrir Internet") }, directory, Recipient.Citizen))
            .Street.ShouldBeGreaterThanOrEqualTo(0.995);
        Tell("freed slot", directories, (directory, place, at) => SmsTexts.Freed(
            MessageSamples.Waiting(directory.Territory.Code),
            MessageSamples.Offer(directory.Territory.Code, at) with { PlaceId = place.Id },
            directory,
            MessageSamples.Settings,
            MessageSamples.Links)).Street.ShouldBeGreaterThanOrEqualTo(0.995);
        Tell("cancellation by the advisor", directories, (directory, place, at) => Write(
            MessageKinds.Cancellation, Booked(directory, place, at) with { Status = AppointmentStatus.Cancelled, CancelledBy = Actor.Advisor }, directory, Recipient.Citizen), street: false)
            .OneSegment.ShouldBeGreaterThanOrEqualTo(0.95);
    }

    [Fact]
    public async Task Someone_books_in_every_territory_and_reads_where_to_go()
    {
        var path = RealDirectory.Path();
        Assert.SkipWhen(path is null, "The national file is not beside the repository.");
        var (world, product) = await StartAsync(advisors: 0);
        await using (var file = File.OpenRead(path!))
        {
            (await product.Get<ImportStructures>().ExecuteAsync(file, dryRun: false, TestContext.Current.CancellationToken)).Refusal.ShouldBeNull();
        }

        var booked = new Dictionary<AppointmentReference, Place>();
        foreach (var territory in await product.Directory.ListTerritoriesAsync(TestContext.Current.CancellationToken))
        {
            var directory = await product.Directory.ReadAsync(territory, TestContext.Current.CancellationToken);
            if (directory.Advisors.Values.FirstOrDefault(advisor => advisor.Hours.Count > 0) is not { } advisor)
            {
                continue;
            }

            var place = directory.Places[advisor.Hours[0].PlaceId];
            var request = new AnAppointment().At("2026-11-24T09:00").With(advisor.Id.Value).In(territory) with { PlaceId = place.Id.Value };
            var appointment = (await product.Get<BookAppointment>().ExecuteAsync(request, TestContext.Current.CancellationToken)).Value.Appointment;
            booked.Add(appointment.Reference, place);
        }

        booked.Count.ShouldBeGreaterThan(90);
        await product.SendSmsAsync();
        var sent = world.Sms.Delivered.Where(sms => sms.Kind == MessageKinds.Confirmation).ToList();
        sent.Select(sms => sms.Reference).ShouldBe(booked.Keys.Select(reference => (AppointmentReference?)reference), ignoreOrder: true);
        foreach (var sms in sent)
        {
            output.WriteLine(sms.Text);
            Road(booked[sms.Reference!.Value]).All(Words(sms.Text).Contains).ShouldBeTrue(sms.Text);
            ManageLink.TryFindReference(sms.Text.Split(' ')[^1], out var reference).ShouldBeTrue();
            (reference == sms.Reference).ShouldBeTrue(sms.Text);
        }
    }

    private static async Task<IReadOnlyList<TerritoryDirectory>> DirectoriesAsync()
    {
        var path = RealDirectory.Path();
        Assert.SkipWhen(path is null, "The national file is not beside the repository.");
        return await RealDirectory.ImportAsync(path!);
    }

    private (double OneSegment, double Street, double Named) Tell(
        string what, IReadOnlyList<TerritoryDirectory> directories, Func<TerritoryDirectory, Place, LocalDateTime, string> write, bool street = true)
    {
        var texts = (from directory in directories from place in directory.Places.Values from at in Starts select (Place: place, Text: write(directory, place, at))).ToList();
        var roads = texts.Where(text => Road(text.Place).Count > 0).ToList();
        var shares = (
            OneSegment: Share(texts, text => Gsm7.Segments(text.Text) == 1),
            Street: street ? Share(roads, text => Road(text.Place).All(Words(text.Text).Contains)) : 1,
            Named: Share(texts, text => IsNamed(text.Place, Words(Name().Match(text.Text).Groups[1].Value))));
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{what}: {texts.Count} texts in {directories.Count} territories, one segment {shares.OneSegment:P1}, street {shares.Street:P1}, name {shares.Named:P1}"));
        for (var i = 0; i < 30; i++)
        {
            output.WriteLine("  " + texts[i * (texts.Count / 30)].Text);
        }

        return shares;

        static double Share<T>(List<T> all, Func<T, bool> test) => (double)all.Count(test) / all.Count;
    }

    /// <summary>The last word of the street, and its number.</summary>
    private static HashSet<string> Road(Place place) =>
        Words(place.Address?.Split(',')[0]) is { Count: > 0 } words ? [words.Last(), .. words.Take(1).Where(word => word.All(char.IsAsciiDigit))] : [];

    /// <summary>What is said between the hour and the street has a word of the name that is not only a kind of body, or the commune beside the kind.</summary>
    private static bool IsNamed(Place place, HashSet<string> said) =>
        Words(place.Name).Any(word => word.Length > 1 && !Kinds.Contains(word) && said.Contains(word))
        || Words(place.Commune.Replace(" Arrondissement", "", StringComparison.Ordinal)).Where(word => word is not ("le" or "les")).All(said.Contains);

    private static HashSet<string> Words(string? text) =>
        [.. Word().Matches(string.Concat((text ?? "").Replace("œ", "oe", StringComparison.OrdinalIgnoreCase).Normalize(NormalizationForm.FormD)
            .Where(letter => CharUnicodeInfo.GetUnicodeCategory(letter) != UnicodeCategory.NonSpacingMark)).ToLowerInvariant()).Select(match => match.Value)];

    [GeneratedRegex(@" à \d+h\d*, (.*?)(?:, |\. |$)")]
    private static partial Regex Name();

    [GeneratedRegex("[a-z0-9]+")]
    private static partial Regex Word();
}
