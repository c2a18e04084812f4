using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Browser;

internal static class PageExtensions
{
    public static Task PressButtonAsync(this IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name }).First.ClickAsync();

    public static Task FollowAsync(this IPage page, string name) => page.GetByRole(AriaRole.Link, new() { Name = name }).First.ClickAsync();

    public static async Task ShouldSayAsync(this IPage page, string heading) =>
        Spaces(await page.Locator("h1").InnerTextAsync()).ShouldBe(heading, $"at {new Uri(page.Url).AbsolutePath}");

    public static async Task<string> TextAsync(this IPage page, string selector = "main") => Spaces(await page.Locator(selector).First.InnerTextAsync());

    /// <summary>Presses a key that leads to another page, and waits for that page.</summary>
    public static async Task PressAndArriveAsync(this IPage page, string key)
    {
        var before = await BeganAsync(page);
        await page.Keyboard.PressAsync(key);
        while (await BeganAsync(page) is var now && (now is null || now == before))
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        await page.WaitForLoadStateAsync(LoadState.Load);
    }

    /// <summary>When this very page began; null while it is not there yet.</summary>
    private static async Task<string?> BeganAsync(IPage page)
    {
        try
        {
            return await page.EvaluateAsync<string>("() => document.readyState === 'loading' ? null : `${performance.timeOrigin}`") is { Length: > 0 } time ? time : null;
        }
        catch (PlaywrightException)
        {
            // Between two pages.
            return null;
        }
    }

    private static string Spaces(string text) => text.Replace('\u00a0', ' ').Trim();
}
