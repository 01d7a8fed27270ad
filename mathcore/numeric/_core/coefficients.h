/* Written by coefficients.py. Errors are relative to the value of the function that is asked for. */
static const double LOG2_E = 0x1.71547652b82fep+0; /* 1 / log 2 */
static const double LN2_HIGH = 0x1.62e42fefa2000p-1; /* log 2, high part */
static const double LN2_LOW = 0x1.9ef35793c7673p-41; /* log 2, low part */
static const double SQRT_2 = 0x1.6a09e667f3bcdp+0;

/* (exp(r) - 1 - r - r^2/2) / r^3 for |r| <= log(2)/2; degree 9, error 2^-59.8 */
static const double EXP_TAIL[10] = {
    0x1.5555555555556p-3,
    0x1.5555555555555p-5,
    0x1.11111111109b3p-7,
    0x1.6c16c16c167e1p-10,
    0x1.a01a01a7c41d5p-13,
    0x1.a01a01a47b054p-16,
    0x1.71de0dae63bb3p-19,
    0x1.27e4e1f48534fp-22,
    0x1.af38a9b0ec855p-26,
    0x1.1f66df7fca49fp-29,
};

/* (exp(r) - 1 - r) / r^2 for |r| <= log(2)/2, for results in float32; degree 6, error 2^-38.0 */
static const double EXP_SHORT_TAIL[7] = {
    0x1.0000000000000p-1,
    0x1.55555567532adp-3,
    0x1.5555555c87148p-5,
    0x1.1110c632a3088p-7,
    0x1.6c16858b7acb9p-10,
    0x1.a15179d80ae96p-13,
    0x1.a1132015ba37ep-16,
};

/* log(1 + f) = t + t w P(w) with t = 2 f / (2 + f), w = t^2, from sqrt(1/2) to sqrt(2); degree 7, error 2^-60.7 */
static const double LOG_TAIL[8] = {
    0x1.5555555555555p-4,
    0x1.9999999999a3ap-7,
    0x1.2492492476765p-9,
    0x1.c71c7201f1f41p-12,
    0x1.745cf8c4cfebep-14,
    0x1.3b1c42e222badp-16,
    0x1.0fbd2bde02b13p-18,
    0x1.0c1261fd9bdd6p-20,
};

/* the same for results in float32; degree 4, error 2^-43.2 */
static const double LOG_SHORT_TAIL[5] = {
    0x1.555555556511fp-4,
    0x1.999998c94ca2ep-7,
    0x1.2493253c7ee51p-9,
    0x1.c67a2fb83241ap-12,
    0x1.8c98fb3524fadp-14,
};

/* (a + 3) exp(a^2/2) (1 - Phi(a)) in s = (a - 3) / (a + 3) for 0 <= a <= 39; degree 25, error 2^-52.4 */
static const double MILLS[26] = {
    0x1.754a751a56f4ap-1,
    -0x1.04c7295a48f33p-1,
    0x1.d71387c654c99p-3,
    -0x1.832dbf6992428p-5,
    -0x1.56d8e3d7ee5cap-7,
    0x1.c8f52c321b24cp-8,
    0x1.0d608c8807201p-10,
    -0x1.12285ef581064p-10,
    -0x1.0d09e8d10d938p-12,
    0x1.43c9e76862711p-13,
    0x1.4a9027a12c572p-14,
    -0x1.bc76e2afa07c3p-17,
    -0x1.5b15b3f9ba468p-16,
    -0x1.d823742012660p-19,
    0x1.e8132cb23a2cbp-19,
    0x1.2ee03c9790577p-19,
    0x1.f3253c2604378p-27,
    -0x1.3e455d86c64e3p-21,
    -0x1.2d90819250809p-22,
    0x1.60b495cb7ed42p-25,
    0x1.b0f9de7f8bcf0p-24,
    0x1.d92a94768af2fp-26,
    -0x1.0f7b79e505833p-26,
    -0x1.3d36bf09f9dadp-27,
    0x1.1f15b880577bfp-31,
    0x1.b6a0293a9881ap-31,
};
static const double MILLS_0_LOW = -0x1.711ede669d7e6p-55; /* what rounding took of the first */
