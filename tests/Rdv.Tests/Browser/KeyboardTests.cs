using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Browser;

/// <summary>
/// The four doors by the keyboard alone, on a telephone's width and on a desk's, with script and without: everything is reached by Tab, the focus is seen
/// wherever it is, and no page is wider than its window.
/// </summary>
[Collection(InABrowser.Name)]
public sealed class KeyboardTests(BrowserSession session)
{
    private const int MaxTabs = 90;

    private static int _people = 7200;

    private IPage _page = null!;

    public static TheoryData<bool, int> Windows => new() { { false, 360 }, { false, 1280 }, { true, 360 }, { true, 1280 } };

    [Theory]
    [MemberData(nameof(Windows))]
    public async Task A_citizen_books(bool script, int width)
    {
        await OpenAsync(script, width, null, "/");
        await TypeAsync("#q", "69120");
        await PressAsync();
        await GoAsync("main .choice-main");
        await GoAsync(".soonest button");
        await TypeAsync("#citizen-name", "Odette Fictive");
        await TypeAsync("#citizen-phone", NextPhone());
        await GoAsync("main form button.main");
        await _page.ShouldSayAsync("C'est réservé");
    }

    [Theory]
    [MemberData(nameof(Windows))]
    public async Task An_operator_books_for_somebody_new(bool script, int width)
    {
        await OpenAsync(script, width, RunningProduct.Hotline, "/hotline");
        await TypeAsync("#q", NextPhone());
        await PressAsync();
        await TypeAsync("#ou", "69120");
        await PressAsync();
        await GoAsync(".proposals button");
        await TypeAsync("#citizen-name", "Lucienne Fictive");
        await PressAsync();
        await _page.ShouldSayAsync("C'est réservé");
    }

    [Theory]
    [MemberData(nameof(Windows))]
    public async Task An_advisor_counts_a_visit_and_takes_it_back(bool script, int width)
    {
        await OpenAsync(script, width, RunningProduct.Advisor, "/advisor");
        await GoAsync("form.walkins button");
        (await _page.TextAsync(".notice")).ShouldContain("C'est noté");
        await GoAsync("form[action*='passages/retirer'] button");
        await GoAsync("a[href^='/advisor/heures']");
        (await _page.TextAsync("h1")).ShouldContain("heures");
    }

    [Theory]
    [MemberData(nameof(Windows))]
    public async Task A_structure_looks_at_its_load_and_at_who_arrives(bool script, int width)
    {
        await OpenAsync(script, width, RunningProduct.Structure, "/structure");
        await GoAsync("a[href^='/structure/accueil']");
        (await _page.TextAsync("h1")).ShouldNotBeEmpty();
        await _page.GoBackAsync();
        await GoAsync("a[href^='/structure/fermetures']");
        (await _page.TextAsync("h1")).ShouldContain("ermeture");
    }

    private static string NextPhone() => $"06 39 98 {Interlocked.Increment(ref _people):00 00}";

    private async Task OpenAsync(bool script, int width, string? persona, string address)
    {
        _page = await session.OpenAsync(script, persona, width, height: 740, obeysCsp: true);
        await session.Product.BeInWorkingHoursAsync();
        await _page.GotoAsync(address);
        await ShouldFitAsync();
    }

    /// <summary>Reaches it by Tab, and types.</summary>
    private async Task TypeAsync(string selector, string text)
    {
        await ReachAsync(selector);
        await _page.Keyboard.TypeAsync(text);
    }

    /// <summary>Reaches it by Tab, and presses Enter there.</summary>
    private async Task GoAsync(string selector)
    {
        await ReachAsync(selector);
        await PressAsync();
    }

    private async Task PressAsync()
    {
        await _page.PressAndArriveAsync("Enter");
        await ShouldFitAsync();
    }

    private async Task ReachAsync(string selector)
    {
        for (var tabs = 0; tabs < MaxTabs; tabs++)
        {
            if (await _page.EvaluateAsync<bool>("selector => document.activeElement.matches(selector)", selector))
            {
                (await _page.EvaluateAsync<string>("getComputedStyle(document.activeElement).outlineStyle")).ShouldBe("solid", $"{selector} at {new Uri(_page.Url).AbsolutePath}");
                return;
            }

            await _page.Keyboard.PressAsync("Tab");
        }

        throw new InvalidOperationException($"{selector} is not reached at {new Uri(_page.Url).AbsolutePath}.");
    }

    private async Task ShouldFitAsync() =>
        (await _page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth")).ShouldBeLessThanOrEqualTo(0, new Uri(_page.Url).AbsolutePath);
}
