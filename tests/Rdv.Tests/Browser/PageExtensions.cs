using Microsoft.Playwright;
using Shouldly;

namespace Rdv.Tests.Browser;

internal static class PageExtensions
{
    public static Task PressButtonAsync(this IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name }).First.ClickAsync();

    public static Task FollowAsync(this IPage page, string name) => page.GetByRole(AriaRole.Link, new() { Name = name }).First.ClickAsync();

    public static async Task ShouldSayAsync(this IPage page, string heading) =>
        Spaces(await page.Locator("h1").InnerTextAsync()).ShouldBe(heading, $"at {new Uri(page.Url).AbsolutePath}");

    public static async Task<string> TextAsync(this IPage page, string selector = "main") => Spaces(await page.Locator(selector).First.InnerTextAsync());

    private static string Spaces(string text) => text.Replace('\u00a0', ' ').Trim();
}
