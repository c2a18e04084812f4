using System.Globalization;
using System.Net;
using NodaTime;
using Rdv.Functions.Http;
using Rdv.Territories;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Contract;

/// <summary>A course, by every door: the advisor plans it, a citizen enrols on the pages or by the API, an operator for a caller.</summary>
public sealed class CourseDoorsTests
{
    private const string Form = "application/x-www-form-urlencoded";
    private static readonly Territory Rhone = Territory.Parse("69");

    [Fact]
    public async Task The_API_enrols_once_shows_all_sessions_and_cancels_one_or_all()
    {
        await using var app = await ContractApp.StartAsync();
        var course = await PlanAsync(app, sessions: 3);
        AnswersTests.Described(await app.GetAsync("/api/territories/69/courses"), "GET", "/api/territories/{territory}/courses", 200)
            .EnumerateArray().Single(one => one.GetProperty("id").GetString() == course).GetProperty("sessions").GetArrayLength().ShouldBe(3);
        (await app.GetAsync("/api/territories/69/workshops")).Json.EnumerateArray().ShouldNotContain(one => one.GetProperty("title").GetString() == "Maîtriser sa tablette");

        var booked = await app.PostAsync("/api/appointments", new { territory = "69", courseId = course, citizen = new { name = "Odette Fictive", phone = app.DrawPhone() } });
        var view = AnswersTests.Described(booked, "POST", "/api/appointments", 201);
        view.GetProperty("courseId").GetString().ShouldBe(course);
        view.GetProperty("sessions").GetArrayLength().ShouldBe(3);
        var (reference, key) = (view.GetProperty("reference").GetString()!, view.GetProperty("key").GetString()!);
        (await app.GetAsync($"/api/appointments/{reference}/calendar.ics?key={key}")).Text.Split("BEGIN:VEVENT").Length.ShouldBe(4, "three events");
        var one = AnswersTests.Described(
            await app.PostAsync($"/api/appointments/{reference}/cancel", new { key, onlySession = true }), "POST", "/api/appointments/{reference}/cancel", 200);
        one.GetProperty("sessions").EnumerateArray().Select(session => session.GetProperty("status").GetString()).ShouldBe(["cancelled", "booked", "booked"]);
        var all = await app.PostAsync($"/api/appointments/{reference}/cancel", new { key });
        all.Status.ShouldBe(200, all.Text);
        all.Json.GetProperty("sessions").EnumerateArray().ShouldAllBe(session => session.GetProperty("status").GetString() == "cancelled");

        var staff = AnswersTests.Described(
            await app.PostAsync("/api/hotline/appointments", new { territory = "69", courseId = course, citizen = new { name = "Marcel Fictif", phone = app.DrawPhone() } }, "hotline"),
            "POST", "/api/hotline/appointments", 201);
        staff.GetProperty("sessions").GetArrayLength().ShouldBe(3);
        var cancelled = AnswersTests.Described(
            await app.PostAsync($"/api/advisors/69/{ContractApp.Advisor}/courses/{course}/cancel", new { reason = "Salle fermée" }, "admin"),
            "POST", "/api/advisors/{territory}/{id}/courses/{course}/cancel", 200);
        cancelled.GetProperty("status").GetString().ShouldBe("cancelled");
    }

    [Fact]
    public async Task A_citizen_enrols_on_the_pages_without_a_script_and_gives_up_one_session_with_the_link()
    {
        await using var app = await ContractApp.StartAsync();
        var course = await PlanAsync(app, sessions: 3);
        var list = Text(await app.GetAsync("/ateliers?commune=69256&lieux=99"));
        list.ShouldContain("Un cours en 3 séances");
        var first = (await app.GetAsync("/api/territories/69/courses")).Json.EnumerateArray().Single(one => one.GetProperty("id").GetString() == course)
            .GetProperty("sessions")[0].GetProperty("workshopId").GetString();

        var chosen = await app.SendAsync(HttpMethod.Post, "/ateliers", ContractApp.Content($"commune=69256&atelier={first}", Form));
        chosen.Status.ShouldBe(303, chosen.Text);
        var form = await app.GetAsync(chosen.Header("Location")!);
        Text(form).ShouldContain("3 séances");
        var draft = Uri.UnescapeDataString(chosen.Header("Location")!.Split("demande=")[1]);
        var booked = await app.SendAsync(HttpMethod.Post, "/reserver", ContractApp.Content(
            $"demande={Uri.EscapeDataString(draft)}&citizen.name=Odette+Fictive&citizen.phone={Uri.EscapeDataString(app.DrawPhone())}", Form));
        booked.Status.ShouldBe(303, booked.Text);
        var address = booked.Header("Location")!.Split('?')[0];
        var shown = Text(await app.GetAsync(booked.Header("Location")!));
        shown.ShouldContain("C'est réservé");
        shown.ShouldContain("Toutes les séances");

        var ask = await app.GetAsync(address + "/annuler");
        Text(ask).ShouldContain("Annuler tout le cours");
        var second = ask.Text.Split("name=\"seance\" value=\"")[2].Split('"')[0];
        var gone = await app.SendAsync(HttpMethod.Post, address + "/annuler", ContractApp.Content($"seance={second}", Form));
        gone.Status.ShouldBe(303, gone.Text);
        var after = Text(await app.GetAsync(gone.Header("Location")!));
        after.ShouldContain("La séance est annulée");
        after.ShouldContain("Vous gardez votre place aux autres séances");
        var whole = await app.SendAsync(HttpMethod.Post, address + "/annuler", ContractApp.Content("", Form));
        Text(await app.GetAsync(whole.Header("Location")!)).ShouldContain("Votre inscription est annulée");
    }

    [Fact]
    public async Task An_operator_enrols_a_caller_hears_the_sentence_and_books_one_session_to_make_up()
    {
        await using var app = await ContractApp.StartAsync();
        var course = await PlanAsync(app, sessions: 2);
        var list = await app.SendAsync(HttpMethod.Post, "/hotline/ateliers", ContractApp.Content("territoire=69", Form), "hotline");
        Text(list).ShouldContain("Cette séance seule, pour rattraper");
        var sessions = (await app.GetAsync("/api/territories/69/courses")).Json.EnumerateArray().Single(one => one.GetProperty("id").GetString() == course).GetProperty("sessions");
        var said = await BookAsync(sessions[0].GetProperty("workshopId").GetString()!);
        said.ShouldContain("Vous êtes inscrit au cours « Maîtriser sa tablette », en 2 séances");
        (await BookAsync("seule:" + sessions[1].GetProperty("workshopId").GetString())).ShouldContain("Vous avez une place à la séance 2 du cours");

        async Task<string> BookAsync(string choice)
        {
            var details = await app.SendAsync(HttpMethod.Post, "/hotline/ateliers/place", ContractApp.Content($"territoire=69&atelier={choice}", Form), "hotline");
            details.Status.ShouldBe(200, details.Text);
            var draft = WebUtility.HtmlDecode(details.Text.Split("name=\"demande\" value=\"")[1].Split('"')[0]);
            var booked = await app.SendAsync(HttpMethod.Post, "/hotline/reserver", ContractApp.Content(
                $"demande={Uri.EscapeDataString(draft)}&citizen.name=Odette+Fictive&citizen.phone={Uri.EscapeDataString(app.DrawPhone())}", Form), "hotline");
            booked.Status.ShouldBe(303, booked.Text);
            return Text(await app.GetAsync(booked.Header("Location")!, "hotline"));
        }
    }

    [Fact]
    public async Task An_advisor_plans_five_weeks_on_the_page_a_holiday_is_skipped_with_a_word_and_all_errors_come_at_once()
    {
        await using var app = await ContractApp.StartAsync();
        const string Own = "advisor:69/" + ContractApp.Advisor;
        var today = (await app.NowAsync()).InZone(Rhone.Zone).Date;

        // Weekly from a day on which, some weeks later, a holiday falls.
        var holiday = PublicHolidaysOf(today.PlusDays(8), today.PlusDays(300));
        var first = holiday.PlusWeeks(-(Period.DaysBetween(today, holiday) / 7) + 1);
        var wrong = await PlanAsync(first, "title=&topic=&seats=99");
        wrong.Status.ShouldBe(400);
        foreach (var message in new[] { "Donnez un titre au cours.", "Ce sujet n'existe pas.", "Indiquez le nombre de places" })
        {
            Text(wrong).ShouldContain(message);
        }

        var weeks = (Period.DaysBetween(first, holiday) / 7) + 1;
        if (weeks is < 2 or > 9)
        {
            return;
        }

        var planned = await PlanAsync(first, $"title=Tablette&topic=premiers-pas&seats=3&sessions={weeks}");
        planned.Status.ShouldBe(303, planned.Text);
        var page = Text(await app.GetAsync(planned.Header("Location")!, Own));
        page.ShouldContain("Le cours est prévu");
        page.ShouldContain("est férié : la séance a lieu la fois suivante");
        page.ShouldContain($"Cours : Tablette, séance 1 sur {weeks}");

        Task<Reply> PlanAsync(LocalDate day, string fields) => app.SendAsync(
            HttpMethod.Post,
            $"/advisor/ateliers?du={NodaTime.Text.LocalDatePattern.Iso.Format(today)}",
            ContractApp.Content($"jeton={Guid.NewGuid():N}&day={NodaTime.Text.LocalDatePattern.Iso.Format(day)}&start=20:30&minutes=60&placeId={ContractApp.Place}&every=1&{(fields.Contains("sessions=", StringComparison.Ordinal) ? "" : "sessions=3&")}{fields}", Form),
            Own);
    }

    [Fact]
    public async Task A_colleague_of_the_structure_leads_it_too_and_has_it_in_the_own_agenda()
    {
        await using var app = await ContractApp.StartAsync();
        const string Own = "advisor:69/" + ContractApp.Advisor;
        const string Colleague = "bachir-modele";
        var start = Values.Format((await app.NowAsync()).InZone(Rhone.Zone).Date.PlusDays(5).At(new LocalTime(6, 0)), Rhone);
        var wanted = new { title = "À deux", topic = "premiers-pas", start, minutes = 60, placeId = ContractApp.Place, seats = 12, coAdvisorId = Colleague };
        var planned = AnswersTests.Described(
            await app.PostAsync($"/api/advisors/69/{ContractApp.Advisor}/workshops", wanted, Own), "POST", "/api/advisors/{territory}/{id}/workshops", 201);
        planned.GetProperty("coAdvisorId").GetString().ShouldBe(Colleague);
        var agenda = await app.GetAsync($"/api/advisors/69/{Colleague}/agenda?days=14", "advisor:69/" + Colleague);
        agenda.Json.GetProperty("entries").EnumerateArray().ShouldContain(entry => entry.GetProperty("title").GetString() == "À deux");
        Text(await app.GetAsync($"/advisor/ateliers/{planned.GetProperty("id").GetString()}", "advisor:69/" + Colleague)).ShouldContain("Avec :");
        Text(await app.GetAsync("/advisor", Own)).ShouldContain("Avec un collègue (facultatif)");
        var elsewhere = await app.PostAsync(
            $"/api/advisors/69/{ContractApp.Advisor}/workshops", new { wanted.title, wanted.topic, start, wanted.minutes, wanted.placeId, wanted.seats, coAdvisorId = "elise-maquette" }, Own);
        elsewhere.Json.GetProperty("errors").GetProperty("coAdvisorId")[0].GetString().ShouldBe("Ce conseiller n'est pas de la même structure.");
        (await app.PostAsync($"/api/advisors/69/{Colleague}/workshops/{planned.GetProperty("id").GetString()}/cancel", new { }, "advisor:69/" + Colleague)).Status.ShouldBe(200);
    }

    private static LocalDate PublicHolidaysOf(LocalDate from, LocalDate to)
    {
        for (var day = from; day <= to; day = day.PlusDays(1))
        {
            if (PublicHolidays.Contains(Rhone, day))
            {
                return day;
            }
        }

        throw new InvalidOperationException("A year without a holiday.");
    }

    private static string Text(Reply reply) => WebUtility.HtmlDecode(reply.Text).Replace('\u00a0', ' ');

    /// <summary>In the evening, once a week, when nothing else is.</summary>
    private static async Task<string> PlanAsync(ContractApp app, int sessions)
    {
        var day = (await app.NowAsync()).InZone(Rhone.Zone).Date.PlusDays(2);
        Reply planned;
        do
        {
            day = day.PlusDays(1);
            var first = day;
            planned = await app.PostAsync(
                $"/api/advisors/69/{ContractApp.Advisor}/courses",
                new
                {
                    title = "Maîtriser sa tablette",
                    topic = "premiers-pas",
                    minutes = 60,
                    placeId = ContractApp.Place,
                    seats = 3,
                    sessions = Enumerable.Range(0, sessions).Select(week => new { start = Values.Format(first.PlusWeeks(week).At(new LocalTime(20, 0)), Rhone) }),
                },
                "admin");
            planned.Status.ShouldBeOneOf(201, 400, 409);
        }
        while (planned.Status != 201);
        AnswersTests.Described(planned, "POST", "/api/advisors/{territory}/{id}/courses", 201);
        return planned.Json.GetProperty("id").GetString()!;
    }
}
