using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Rdv.Tests.Staff;

/// <summary>
/// An OpenID provider with its discovery document, its keys, its authorization and its token endpoint, as far as the code flow asks (OpenID Connect
/// Core 1.0, section 3.1). Whoever comes is signed in as the account that the test has chosen.
/// </summary>
internal sealed class FakeIssuer : IAsyncDisposable
{
    public const string ClientId = "rdv";
    public const string ClientSecret = "shown to the token endpoint only";

    private static readonly string[] Flows = ["code"];
    private static readonly string[] Subjects = ["pairwise"];
    private static readonly string[] Algorithms = [SecurityAlgorithms.RsaSha256];

    private readonly RsaSecurityKey _key = new(RSA.Create(2048)) { KeyId = "1" };
    private readonly ConcurrentDictionary<string, (string? Nonce, Dictionary<string, object> Account)> _codes = new();
    private readonly WebApplication _app;

    private FakeIssuer()
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        _app = builder.Build();
        _app.MapGet("/.well-known/openid-configuration", () => Results.Json(new
        {
            issuer = Address,
            authorization_endpoint = Address + "/authorize",
            token_endpoint = Address + "/token",
            jwks_uri = Address + "/jwks",
            response_types_supported = Flows,
            subject_types_supported = Subjects,
            id_token_signing_alg_values_supported = Algorithms,
        }));
        _app.MapGet("/jwks", () => Results.Json(new { keys = new[] { Published() } }));
        _app.MapGet("/authorize", Authorize);
        _app.MapPost("/token", TokenAsync);
    }

    /// <summary>The claims of who signs in next.</summary>
    public Dictionary<string, object> Account { get; set; } = [];

    public string Address => _app.Urls.First();

    public static async Task<FakeIssuer> StartAsync()
    {
        var issuer = new FakeIssuer();
        await issuer._app.StartAsync();
        return issuer;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _key.Rsa.Dispose();
    }

    private IResult Authorize(HttpRequest request)
    {
        if (request.Query["client_id"] != ClientId || request.Query["response_type"] != "code" || !request.Query["scope"].ToString().Contains("openid", StringComparison.Ordinal))
        {
            return Results.BadRequest();
        }

        var code = Guid.NewGuid().ToString("N");
        _codes[code] = (request.Query["nonce"], Account);
        return Results.Redirect($"{request.Query["redirect_uri"]}?code={code}&state={Uri.EscapeDataString(request.Query["state"].ToString())}");
    }

    private async Task<IResult> TokenAsync(HttpRequest request)
    {
        var form = await request.ReadFormAsync();
        if (form["client_secret"] != ClientSecret || !_codes.TryRemove(form["code"].ToString(), out var granted))
        {
            return Results.BadRequest(new { error = "invalid_grant" });
        }

        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        var token = new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Address,
            Audience = ClientId,
            IssuedAt = now,
            NotBefore = now,
            Expires = now.AddMinutes(5),
            Claims = granted.Nonce is null ? granted.Account : new Dictionary<string, object>(granted.Account) { ["nonce"] = granted.Nonce },
            SigningCredentials = new SigningCredentials(_key, SecurityAlgorithms.RsaSha256),
        });
        return Results.Json(new { access_token = "x", token_type = "Bearer", expires_in = 300, id_token = token });
    }

    private object Published()
    {
        var parameters = _key.Rsa.ExportParameters(includePrivateParameters: false);
        return new
        {
            kty = "RSA",
            use = "sig",
            alg = "RS256",
            kid = _key.KeyId,
            n = Base64UrlEncoder.Encode(parameters.Modulus),
            e = Base64UrlEncoder.Encode(parameters.Exponent),
        };
    }
}
