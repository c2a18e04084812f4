using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Browser;

/// <summary>
/// A call from "allô" to "au revoir", by the keyboard alone. A key action is a key that is not part of what is typed into a field: Enter, a digit that takes
/// a proposal, Tab.
/// </summary>
[Collection(InABrowser.Name)]
public sealed class CallTests(BrowserSession session)
{
    private int _keys;
    private IPage _page = null!;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Who_is_known_is_booked_in_nine_key_actions_or_fewer(bool script)
    {
        var phone = script ? "06 39 98 71 01" : "06 39 98 71 02";
        await OpenAsync(script);
        await session.Product.BookAsync("Suzanne Fictive", phone, rank: 7);
        await TypeAsync(phone);
        await PressAsync("Enter");
        (await _page.TextAsync(".who")).ShouldContain("Suzanne Fictive");
        (await _page.Locator(".proposals li").CountAsync()).ShouldBe(5);

        if (!script)
        {
            await StepAsync("Tab");
        }

        await PressAsync(script ? "2" : "Enter");

        (await _page.TextAsync(".say")).ShouldContain("Je vous propose");
        await PressAsync("Enter");
        await _page.ShouldSayAsync("C'est réservé");
        (await _page.TextAsync()).ShouldContain("Suzanne Fictive");
        _keys.ShouldBeLessThanOrEqualTo(9);

        // The next call begins where this one ended.
        await PressAsync("Enter");
        (await _page.Locator("#q:focus").CountAsync()).ShouldBe(1);
        (await session.Product.CountAsync(phone)).ShouldBe(2);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Who_is_unknown_is_booked_in_fourteen_key_actions_or_fewer(bool script)
    {
        var phone = script ? "06 39 98 71 03" : "06 39 98 71 04";
        await OpenAsync(script);
        await TypeAsync(phone);
        await PressAsync("Enter");
        (await _page.TextAsync(".who")).ShouldContain("n'a pas de rendez-vous");
        await TypeAsync("vaulx en velin");
        await StepAsync("Tab");
        await StepAsync("ArrowDown");
        await StepAsync("Tab");
        await PressAsync("Enter");
        (await _page.TextAsync(".proposed h2")).ShouldContain("Prendre en main un équipement informatique");
        await PressAsync(script ? "1" : "Enter");
        await TypeAsync("Lucienne Fictive");
        await PressAsync("Enter");
        await _page.ShouldSayAsync("C'est réservé");
        (await _page.TextAsync()).ShouldContain(phone);
        _keys.ShouldBeLessThanOrEqualTo(14);
    }

    [Fact]
    public async Task Filters_answer_to_their_keys_and_another_proposal_is_one_key_away()
    {
        await OpenAsync(script: true);
        await TypeAsync("69120");
        await PressAsync("Enter");
        await PressAsync("a");
        (await _page.Locator(".filters [aria-pressed=true]").AllInnerTextsAsync()).ShouldHaveSingleItem().ShouldContain("après-midi");
        foreach (var value in await Task.WhenAll((await _page.Locator("[name=creneau]").AllAsync()).Select(button => button.GetAttributeAsync("value"))))
        {
            int.Parse(value.AsSpan(11, 2), System.Globalization.CultureInfo.InvariantCulture).ShouldBeGreaterThanOrEqualTo(12, value);
        }

        var first = await _page.Locator("[name=creneau]").First.GetAttributeAsync("value");
        await PressAsync("+");
        (await _page.Locator("[name=creneau]").First.GetAttributeAsync("value")).ShouldNotBe(first);
        (await _page.Locator(".filters [aria-pressed=true]").CountAsync()).ShouldBe(1, "what was filtered stays so");
        await PressAsync("1");
        (await _page.TextAsync(".say")).ShouldContain("Je vous propose");
        await PressAsync("Escape");
        (await _page.Locator(".filters [aria-pressed=true]").CountAsync()).ShouldBe(1, "the same list, as it was");
        (await _page.Locator(".proposals button:focus").CountAsync()).ShouldBe(1);

        // A letter that is typed into a field is a letter.
        await StepAsync("Escape");
        (await _page.Locator("#q:focus").CountAsync()).ShouldBe(1);
        await TypeAsync("1a");
        (await _page.Locator("#q").InputValueAsync()).ShouldBe("1a");
    }

    [Fact]
    public async Task Of_two_people_with_one_name_the_operator_says_which_and_a_name_alone_is_asked_where()
    {
        await OpenAsync(script: true);
        await session.Product.BookAsync("Paulette Homonyme", "06 39 98 71 05", rank: 8);
        await session.Product.BookAsync("Paulette Homonyme", "06 39 98 71 06", rank: 9);
        await TypeAsync("homonyme paulette");
        await PressAsync("Enter");
        (await _page.Locator("#departement:focus").CountAsync()).ShouldBe(1);
        await TypeAsync("rhône");
        await PressAsync("Enter");
        (await _page.TextAsync(".who")).ShouldContain("2 personnes. Laquelle ?");
        await PressAsync("2");
        (await _page.TextAsync(".who h2")).ShouldBe("Paulette Homonyme");
        (await _page.Locator(".proposals li").CountAsync()).ShouldBe(5);

        await StepAsync("Escape");
        await TypeAsync("Paulette Homonyme 69");
        await PressAsync("Enter");
        (await _page.TextAsync(".who")).ShouldContain("2 personnes. Laquelle ?");
    }

    private async Task OpenAsync(bool script)
    {
        _page = await session.OpenAsync(script, RunningProduct.Hotline, obeysCsp: true);
        await _page.GotoAsync("/hotline");
        (await _page.Locator("#q:focus").CountAsync()).ShouldBe(1);
    }

    private Task TypeAsync(string text) => _page.Keyboard.TypeAsync(text);

    /// <summary>Presses a key that moves the focus, or what is chosen.</summary>
    private async Task StepAsync(string key)
    {
        _keys++;
        await _page.Keyboard.PressAsync(key);
    }

    /// <summary>Presses a key that leads to another page.</summary>
    private async Task PressAsync(string key)
    {
        _keys++;
        await _page.PressAndArriveAsync(key);
    }
}
