// BLAS from OpenBLAS's header; the LAPACK routines in use by their Fortran names, since Debian builds OpenBLAS without LAPACKE.
// Integers are 32 bits, matrices are stored by columns, and the lengths of character arguments follow the others.
#ifndef WEIR_COPENBLAS_SHIM_H
#define WEIR_COPENBLAS_SHIM_H

#include <cblas.h>
#include <stddef.h>

// Threads that one call may use, for the whole process.
void openblas_set_num_threads(int count);

// P·L·U factors of a general matrix, solutions from them, and their reciprocal condition number.
void dgetrf_(const int *m, const int *n, double *a, const int *lda, int *ipiv, int *info);
void dgetrs_(const char *trans, const int *n, const int *nrhs, const double *a, const int *lda, const int *ipiv, double *b,
             const int *ldb, int *info, size_t trans_length);
void dgecon_(const char *norm, const int *n, const double *a, const int *lda, const double *anorm, double *rcond, double *work,
             int *iwork, int *info, size_t norm_length);

// The Cholesky factor of a positive definite matrix, and solutions from it.
void dpotrf_(const char *uplo, const int *n, double *a, const int *lda, int *info, size_t uplo_length);
void dpotrs_(const char *uplo, const int *n, const int *nrhs, const double *a, const int *lda, double *b, const int *ldb, int *info,
             size_t uplo_length);

// Least squares by QR, and the reciprocal condition number of a triangular matrix.
void dgels_(const char *trans, const int *m, const int *n, const int *nrhs, double *a, const int *lda, double *b, const int *ldb,
            double *work, const int *lwork, int *info, size_t trans_length);
void dtrcon_(const char *norm, const char *uplo, const char *diag, const int *n, const double *a, const int *lda, double *rcond,
             double *work, int *iwork, int *info, size_t norm_length, size_t uplo_length, size_t diag_length);

// Eigenvalues and eigenvectors of a symmetric matrix.
void dsyev_(const char *jobz, const char *uplo, const int *n, double *a, const int *lda, double *w, double *work, const int *lwork,
            int *info, size_t jobz_length, size_t uplo_length);

#endif
