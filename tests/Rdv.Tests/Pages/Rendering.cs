using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Rdv.Pages;
using Rdv.Pages.Shared;
using Shouldly;

namespace Rdv.Tests.Pages;

/// <summary>Renders a page as the server does, and reads it as a browser does.</summary>
internal static class Rendering
{
    public static Site Site { get; } = new("01 99 00 12 34", "du lundi au vendredi, de 9 h à 17 h", "prix d'un appel local");

    public static async Task<IDocument> RenderAsync<TPage, TView>(TView view)
        where TPage : PageOf<TView>
    {
        await using var services = new ServiceCollection().BuildServiceProvider();
        await using var renderer = new HtmlRenderer(services, NullLoggerFactory.Instance);
        var html = await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var parameters = ParameterView.FromDictionary(new Dictionary<string, object?> { ["Site"] = Site, ["View"] = view });
            return (await renderer.RenderComponentAsync<TPage>(parameters)).ToHtmlString();
        });
        return new HtmlParser(new HtmlParserOptions { IsStrictMode = false }).ParseDocument(html);
    }

    public static string Text(this IParentNode node, string selector) =>
        node.QuerySelector(selector).ShouldNotBeNull($"No {selector}").TextContent.Replace('\u00a0', ' ').Trim();

    /// <summary>What holds for every page, whatever it shows.</summary>
    public static void ShouldBeSound(this IDocument page)
    {
        page.DocumentElement.GetAttribute("lang").ShouldBe("fr");
        page.QuerySelectorAll("h1").Length.ShouldBe(1);
        page.QuerySelectorAll("main").Length.ShouldBe(1);

        // Who works here has keys, and no need of the number that people call.
        var isStaff = page.QuerySelector("nav.staff") is not null;
        page.QuerySelectorAll("script").ShouldAllBe(script => isStaff && script.GetAttribute("src") == Asset.Keys.Address && script.TextContent.Length == 0);
        if (!isStaff)
        {
            page.Body!.TextContent.ShouldContain("01\u00a099\u00a000\u00a012\u00a034");
        }

        // The content policy allows neither: style attributes and elements, scripts in attributes.
        page.QuerySelectorAll("[style], style, [onclick]").ShouldBeEmpty();

        var ids = page.QuerySelectorAll("[id]").Select(element => element.Id).ToList();
        ids.ShouldBe(ids.Distinct());
        foreach (var link in page.QuerySelectorAll("a[href^='#']"))
        {
            page.GetElementById(link.GetAttribute("href")![1..]).ShouldNotBeNull($"{link.OuterHtml} leads nowhere");
        }

        foreach (var described in page.QuerySelectorAll("[aria-describedby], [aria-labelledby]"))
        {
            foreach (var id in $"{described.GetAttribute("aria-describedby")} {described.GetAttribute("aria-labelledby")}".Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                page.GetElementById(id).ShouldNotBeNull($"{described.OuterHtml} is described by nothing");
            }
        }

        foreach (var control in page.QuerySelectorAll("input:not([type=hidden]), textarea, select"))
        {
            page.QuerySelector($"label[for='{control.Id}']").ShouldNotBeNull($"{control.OuterHtml} has no label").TextContent.Trim().ShouldNotBeEmpty();
        }

        foreach (var button in page.QuerySelectorAll("button, a"))
        {
            button.TextContent.Trim().ShouldNotBeEmpty();
        }

        // A form that changes something is posted; one that only reads may be a GET.
        foreach (var form in page.QuerySelectorAll("form:not([method=post])"))
        {
            form.GetAttribute("action").ShouldBeOneOf("/commune", "/lieux", "/structure", "/structure/france");
        }
    }
}
