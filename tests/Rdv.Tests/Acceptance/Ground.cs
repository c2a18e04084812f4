using Rdv.Tests.Contract;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Acceptance;

/// <summary>The places of the suite, one for each kind of journey, each with one advisor. Nobody else books there.</summary>
public sealed record Ground(string Place)
{
    public const string Territory = "69";
    public const string Insee = "69256";
    public const string Topic = "premiers-pas";

    public static readonly Ground Booking = new("essai-reservation");
    public static readonly Ground Pages = new("essai-pages");
    public static readonly Ground Staff = new("essai-accueil");
    public static readonly Ground Import = new("essai-import");
    public static readonly Ground Edge = new("essai-limites");

    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(90);
    private static int _phones = Random.Shared.Next(5000);

    public string Advisor => Place + "-c1";

    public static string StructuresCsv(params IEnumerable<Ground> grounds) => string.Join(
        '\n',
        grounds.Select(ground => $"{ground.Place},Lieu d'essai {ground.Place},Vaulx-en-Velin,69120,{Insee},1 rue Fictive")
            .Prepend("id,nom,commune,code_postal,code_insee,adresse"));

    public static string AdvisorsCsv(params IEnumerable<Ground> grounds) => string.Join(
        '\n',
        grounds.Select(ground => $"{ground.Advisor},{ground.Place},Camille,Fictive,{ground.Advisor}@rdv.example,,,lun-dim 09:00-12:00 14:00-18:00")
            .Prepend("id,structure_id,first_name,last_name,email,phone,topics,opening_hours"));

    /// <summary>As an administrator does it, and again without harm.</summary>
    public static async Task ImportAsync(Visitor administrator)
    {
        Ground[] all = [Booking, Pages, Staff, Edge];
        Taken(await administrator.PostCsvAsync("/api/admin/import/structures", StructuresCsv(all)));
        Taken(await administrator.PostCsvAsync("/api/admin/import/advisors", AdvisorsCsv(all)));

        // Another instance reads the directory again within a minute.
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(LongestSilence);
        while ((await Edge.FreeAsync(administrator)).Count == 0)
        {
            await Task.Delay(TimeSpan.FromSeconds(1), limit.Token);
        }
    }

    /// <summary>The free hours of the next weeks, from tomorrow on.</summary>
    public async Task<IReadOnlyList<string>> FreeAsync(Visitor visitor)
    {
        var reply = await visitor.GetAsync($"/api/territories/{Territory}/slots?topic={Topic}&place={Place}&days=30");
        reply.Status.ShouldBeOneOf(200, 400);
        if (reply.Status == 400)
        {
            // No place of that name yet.
            return [];
        }

        var today = reply.Json.GetProperty("from").GetString();
        return
        [
            .. reply.Json.GetProperty("slots").EnumerateArray()
                .Select(slot => slot.GetProperty("start").GetString()!)
                .Where(start => start[..10] != today && start[14..16] == "00"),
        ];
    }

    public object BookingAt(string start, string? phone = null, string? hold = null) => new
    {
        territory = Territory,
        topic = Topic,
        start,
        placeId = Place,
        hold,
        citizen = new { name = "Odette Fictive", phone = phone ?? DrawPhone() },
    };

    /// <summary>A mobile number kept for fiction.</summary>
    public static string DrawPhone()
    {
        var number = Interlocked.Increment(ref _phones) % 10_000;
        return $"06 39 98 {number / 100:D2} {number % 100:D2}";
    }

    private static void Taken(Reply reply)
    {
        reply.Status.ShouldBe(200, reply.Text);
        reply.Json.GetProperty("refused").GetInt32().ShouldBe(0, reply.Text);
    }
}
