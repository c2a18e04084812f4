using Microsoft.Playwright;
using Rdv.Local.Staff;
using Xunit;

namespace Rdv.Tests.Browser;

/// <summary>Tests that share one browser and one running product: one at a time.</summary>
[CollectionDefinition(Name)]
public sealed class InABrowser : ICollectionFixture<BrowserSession>
{
    public const string Name = "in a browser";
}

/// <summary>A real browser, and the product that it visits; both start with the first test that asks.</summary>
public sealed class BrowserSession : IAsyncDisposable
{
    // Not a measure: what must happen happens, on a machine that does many other things too.
    private const int TimeoutMilliseconds = 60_000;

    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private RunningProduct? _product;

    internal RunningProduct Product => _product ?? throw new InvalidOperationException("Open a page first.");

    /// <summary>A page of a new visitor, with no cookie.</summary>
    /// <param name="script">The pages need none: it is off, except for what a test itself runs in the page.</param>
    /// <param name="persona">Someone of the staff, already signed in.</param>
    /// <param name="obeysCsp">As browsers do: no script but those of the page itself runs.</param>
    internal async Task<IPage> OpenAsync(bool script = false, string? persona = null, int width = 1280, int height = 900, RunningProduct? product = null, bool obeysCsp = false)
    {
        await StartAsync();
        _product ??= product is null ? await RunningProduct.StartAsync(TestContext.Current.CancellationToken) : null;
        var context = await _browser!.NewContextAsync(new BrowserNewContextOptions
        {
            // A colour on its way to another is no colour to judge.
            ReducedMotion = ReducedMotion.Reduce,
            BaseURL = (product ?? Product).Url,
            JavaScriptEnabled = script,
            BypassCSP = script && !obeysCsp,
            Locale = "fr-FR",
            ViewportSize = new ViewportSize { Width = width, Height = height },
            ExtraHTTPHeaders = persona is null ? null : new Dictionary<string, string> { [LocalStaffIdentity.Header] = persona },
        });
        context.SetDefaultTimeout(TimeoutMilliseconds);
        return await context.NewPageAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
        if (_product is not null)
        {
            await _product.DisposeAsync();
        }
    }

    private async Task StartAsync()
    {
        if (_browser is not null)
        {
            return;
        }

        if (Chromium.Find() is not { } path)
        {
            Assert.Skip("No Chromium on the path: install the package chromium, or Google Chrome.");
            return;
        }

        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = path, Args = Chromium.Arguments });
    }
}
