using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Rdv.Tests.Infrastructure;

namespace Rdv.Tests.Staff;

/// <summary>
/// What App Service authentication does in front of an app: <c>/.auth/login/{provider}</c> runs the code flow, <c>/.auth/logout</c> ends the session,
/// and every other request goes on with who has signed in in the header, and with nothing of it that a client has written there.
/// </summary>
internal sealed class FakePlatform : IAsyncDisposable
{
    public const string Provider = "proconnect";

    private const string Header = "X-MS-CLIENT-PRINCIPAL";

    private readonly WebApplication _app;
    private readonly HttpClient _product;

    private FakePlatform(Uri product, string issuer)
    {
        _product = LoopbackClient.From(null);
        _product.BaseAddress = product;
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services
            .AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme)
            .AddCookie(options => options.Cookie.Name = "AppServiceAuthSession")
            .AddOpenIdConnect(Provider, options =>
            {
                options.Authority = issuer;
                options.RequireHttpsMetadata = false;
                (options.ClientId, options.ClientSecret) = (FakeIssuer.ClientId, FakeIssuer.ClientSecret);
                options.ResponseType = OpenIdConnectResponseType.Code;
                options.ResponseMode = OpenIdConnectResponseMode.Query;
                options.CallbackPath = $"/.auth/login/{Provider}/callback";
                options.Scope.Clear();
                options.Scope.Add("openid");
                options.Scope.Add("email");
                // Loopback without TLS.
                options.CorrelationCookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
                options.NonceCookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            });
        _app = builder.Build();
        _app.UseAuthentication();
        _app.MapGet($"/.auth/login/{Provider}", (HttpRequest request) =>
            Results.Challenge(new AuthenticationProperties { RedirectUri = request.Query["post_login_redirect_uri"].ToString() }, [Provider]));
        _app.MapGet("/.auth/logout", async (HttpContext http) =>
        {
            await http.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
            return Results.Redirect(http.Request.Query["post_logout_redirect_uri"].ToString());
        });
        _app.MapFallback(ForwardAsync);
    }

    public Uri Address => new(_app.Urls.First());

    public static async Task<FakePlatform> StartAsync(Uri product, string issuer)
    {
        var platform = new FakePlatform(product, issuer);
        await platform._app.StartAsync();
        return platform;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _product.Dispose();
    }

    private async Task ForwardAsync(HttpContext http)
    {
        using var request = new HttpRequestMessage(new HttpMethod(http.Request.Method), http.Request.Path + http.Request.QueryString);
        if (http.Request.Headers.Accept.ToString() is { Length: > 0 } accept)
        {
            request.Headers.TryAddWithoutValidation("Accept", accept);
        }

        if (http.User.Identity is { IsAuthenticated: true })
        {
            request.Headers.Add(Header, PrincipalOf(http));
        }

        using var response = await _product.SendAsync(request, http.RequestAborted);
        http.Response.StatusCode = (int)response.StatusCode;
        if (response.Headers.Location is { } location)
        {
            http.Response.Headers.Location = location.OriginalString;
        }

        http.Response.ContentType = response.Content.Headers.ContentType?.ToString();
        await response.Content.CopyToAsync(http.Response.Body, http.RequestAborted);
    }

    private static string PrincipalOf(HttpContext http) => Convert.ToBase64String(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new
    {
        auth_typ = Provider,
        name_typ = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/name",
        role_typ = "http://schemas.microsoft.com/ws/2008/06/identity/claims/role",
        claims = http.User.Claims.Select(claim => new { typ = claim.Type, val = claim.Value }),
    })));
}
